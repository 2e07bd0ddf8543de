import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../built.js';
import { type MeasuredProcess, runMeasured } from '../measured-process.js';
import { prepareReleaseBefore } from '../release-before.js';
import type { Figure, Section } from '../section.js';
import { linesOf, type TaggingModel, trainTaggingModel } from '../tagging-input.js';
import { describeOthers, median, watchOthers } from '../timing.js';
import { readBenchCorpus } from '../workload.js';

const ROUNDS = 3;
/** The text is the corpus so many times, and a part of that for five networks. */
const COPIES = 12;
const COPIES_ACCURATE = 3;

/** A comparison with the release before. */
interface Comparison {
  readonly what: string;
  readonly options: readonly string[];
  /** The ratio of wall times that it must reach. */
  readonly atLeast: number;
}

const DEFAULT: readonly Comparison[] = [
  { what: 'raw lines to JSONL, two workers', options: ['--workers', '2'], atLeast: 2.8 },
  { what: 'raw lines to JSONL, one worker', options: ['--workers', '1'], atLeast: 2.6 },
  { what: 'a raw document to JSONL, two workers', options: ['--workers', '2', '--from', 'text'], atLeast: 1 },
];
const ACCURATE: readonly Comparison[] = [
  { what: 'raw lines to JSONL, preset accurate, two workers', options: ['--workers', '2'], atLeast: 2.2 },
];
const START = 'Maria Silva voou de Lagos para Viena.';

/** `rnn tag` of this tree and of the release before, by turns, with the same models and texts. */
export const sections: Section[] = [
  {
    name: 'tagging-before',
    async run() {
      const before = await prepareReleaseBefore();
      if ('skipped' in before) return before;
      return [
        ...(await withModel(undefined, (model) => compareAll(before.root, model, DEFAULT, COPIES))),
        ...(await withModel('accurate', (model) => compareAll(before.root, model, ACCURATE, COPIES_ACCURATE))),
      ];
    },
  },
];

async function withModel(
  preset: string | undefined,
  work: (model: TaggingModel) => Promise<Figure[]>,
): Promise<Figure[]> {
  const model = await trainTaggingModel(preset);
  try {
    return await work(model);
  } finally {
    model.remove();
  }
}

async function compareAll(
  rootBefore: string,
  model: TaggingModel,
  comparisons: readonly Comparison[],
  copies: number,
): Promise<Figure[]> {
  const text = join(model.folder, 'text.txt');
  writeFileSync(text, linesOf(readBenchCorpus()).repeat(copies));
  const figures: Figure[] = [];
  for (const { what, options, atLeast } of comparisons)
    figures.push(await compare(rootBefore, what, [...tagOf(model), '--file', text, '--json', ...options], atLeast));
  return [...figures, await compare(rootBefore, 'one sentence, from start to exit', [...tagOf(model), START], 1)];
}

function tagOf({ path }: TaggingModel): string[] {
  return ['tag', '-m', path, '-o', '/dev/null'];
}

/** By turns, so that what disturbs one disturbs the other. */
async function compare(rootBefore: string, what: string, command: readonly string[], atLeast: number): Promise<Figure> {
  const others = watchOthers();
  const rounds: { readonly before: MeasuredProcess; readonly now: MeasuredProcess }[] = [];
  const run = (root: string): Promise<MeasuredProcess> => runMeasured([join(root, 'bin/rnn.js'), ...command]);
  for (let round = 0; round < ROUNDS; round++) rounds.push({ before: await run(rootBefore), now: await run(ROOT) });
  const ratio = (of: (process: MeasuredProcess) => number): number =>
    median(rounds.map(({ before, now }) => of(before) / of(now)));
  return {
    what: `${what}, against the release before`,
    measured: ratio(({ seconds }) => seconds),
    unit: 'x',
    atLeast,
    note: `processor time ${ratio(({ cpuSeconds }) => cpuSeconds).toFixed(2)} x; ${describeOthers(others())}, ours among them`,
  };
}
