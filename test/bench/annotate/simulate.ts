import { Chooser } from '../../../src/annotation/choice.js';
import { type AnnotationRecord, writeRecord } from '../../../src/annotation/record.js';
import { divide } from '../../../src/commands/annotate/learning-loop.js';
import { Suggestions } from '../../../src/commands/annotate/suggestions.js';
import { processorCount } from '../../../src/node/processors.js';
import type { ScratchFolder } from '../../../src/node/scratch-folder.js';
import { type Scheme, spansOf } from '../../../src/text/scheme.js';
import type { Sentence, Span } from '../../../src/text/sentence.js';
import { joinTokens } from '../../../src/text/sentence-breaks.js';
import { built } from '../built.js';
import type { RunName, Step, StepsFile } from './steps-file.js';

/** The sentences of a corpus with their gold answers. */
export interface GoldCorpus {
  readonly name: string;
  readonly scheme: Scheme;
  readonly train: readonly Sentence[];
  readonly test: readonly Sentence[];
}

/** The number of sentences when the first model learns, and by how much their number grows until the next one does. */
const FIRST = 20;
const GROWTH = 1.5;

/** A run is over when it has come so near to the F1 of all the data, which is above what is reported. */
const ENOUGH = 0.95;

export interface SimulationOptions {
  readonly steps: StepsFile;
  readonly folder: ScratchFolder;
  /** The F1 of all the data, at which the run need not come; undefined to go on to the end. */
  readonly full: number | undefined;
  readonly say: (line: string) => void;
}

/** Labels a corpus as its gold says, in some order, and lets models learn on the way; goes on behind the last step of the file. */
export async function simulate(corpus: GoldCorpus, run: RunName, options: SimulationOptions): Promise<void> {
  const { steps, folder, full, say } = options;
  const { train, scheme } = corpus;
  const records = train.map(({ tokens, tags }, index): AnnotationRecord => {
    return { id: `s${index}`, ...joinTokens(tokens), spans: spansOf(tags, scheme), answer: 'accept', order: 'random' };
  });
  const chooser = new Chooser(
    records.map(({ id }) => id),
    run.order === 'all' ? 'given' : run.order,
    run.seed,
  );
  const suggestions = new Suggestions(records);
  const done = new Set(steps.of(run).flatMap(({ picked }) => picked));
  const isOpen = (index: number): boolean => !done.has(index);
  // What a stopped run knew of the rest is found out again by the model of its last step.
  let isRanked = run.order !== 'uncertain' || done.size === 0;
  for (;;) {
    const count = steps.of(run).length;
    const last = steps.of(run).at(-1);
    if (isRanked && (done.size === train.length || (last && full !== undefined && last.f1 >= ENOUGH * full))) return;
    const picked: number[] = [];
    const wanted = run.order === 'all' ? train.length : Math.max(FIRST, Math.round(done.size * GROWTH));
    while (isRanked && done.size < Math.min(wanted, train.length)) {
      const pick = chooser.next(isOpen, done.size);
      if (!pick) break;
      done.add(pick.index);
      picked.push(pick.index);
    }
    const labelled = [...done].map((index) => records[index] as AnnotationRecord);
    const began = performance.now();
    const learner = await learn(labelled, run.seed, folder);
    try {
      const round = isRanked ? count : count - 1;
      if (run.order === 'uncertain') await suggestions.readCandidates(learner, round, chooser, isOpen);
      if (!isRanked) {
        isRanked = true;
        continue;
      }
      const f1 = await scoreOf(learner, corpus);
      const tokens = labelled.reduce((sum, record) => sum + record.tokens.length, 0);
      const seconds = (performance.now() - began) / 1000;
      const found: Step = { ...run, picked, sentences: done.size, tokens, f1, seconds };
      await steps.add(found);
      say(describe(found));
    } finally {
      learner.close();
    }
  }
}

type Learner = InstanceType<Awaited<ReturnType<typeof built<'commands/annotate/learner'>>>['Learner']>;

async function learn(records: readonly AnnotationRecord[], seed: number, folder: ScratchFolder): Promise<Learner> {
  const { Learner } = await built('commands/annotate/learner');
  const { train, dev } = divide(records, seed);
  const learner = new Learner();
  await learner.learn({
    train: await folder.write('train.jsonl', train.map(writeRecord).join('')),
    dev: await folder.write('dev.jsonl', dev.map(writeRecord).join('')),
    ...{ initFrom: undefined, seed, workers: processorCount() },
  });
  return learner;
}

/** Entity F1 on test: spans with the same ends and label. */
async function scoreOf(learner: Learner, { test, scheme }: GoldCorpus): Promise<number> {
  const readings = await learner.read(test.map(({ tokens }) => tokens));
  const keyOf = ({ label, start, end }: Span): string => `${start} ${end} ${label}`;
  let [right, all] = [0, 0];
  for (const [index, { tags }] of test.entries()) {
    const gold = new Set(spansOf(tags, scheme).map(keyOf));
    const found = readings[index]?.spans ?? [];
    right += found.filter((span) => gold.has(keyOf(span))).length;
    all += gold.size + found.length;
  }
  return all === 0 ? 0 : (2 * right) / all;
}

function describe({ corpus, order, seed, sentences, tokens, f1, seconds }: Step): string {
  return `${corpus}, ${order}, seed ${seed}: ${sentences} sentences, ${tokens} tokens, F1 ${(100 * f1).toFixed(2)}, ${seconds.toFixed(1)} s`;
}
