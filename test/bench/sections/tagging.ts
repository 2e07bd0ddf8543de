import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Sentence } from '../../../src/text/sentence.js';
import { ROOT } from '../built.js';
import { prepareCrfsuite } from '../peers/crfsuite/train.js';
import { PeerProcess } from '../peers/peer-process.js';
import type { Figure, Section } from '../section.js';
import { BINARY, linesOf, trainTaggingModel } from '../tagging-input.js';
import { describeOthers, median, watchOthers } from '../timing.js';
import { readBenchCorpus } from '../workload.js';

const REPETITIONS = 3;
/** The text is the corpus so many times: long enough that the start weighs little. */
const COPIES = 12;
/** Sentences that CRFsuite tags, whose features take much memory. */
const PEER_SENTENCES = 2000;
const STARTS = 10;

const run = promisify(execFile);

/** `rnn tag` with a model of the default preset, and CRFsuite on features that are there already. */
export const sections: Section[] = [
  {
    name: 'tagging',
    async run() {
      const sentences = readBenchCorpus();
      const model = await trainTaggingModel();
      const peer = await startCrfsuite(sentences, join(model.folder, 'job.json'));
      try {
        const text = join(model.folder, 'text.txt');
        writeFileSync(text, linesOf(sentences).repeat(COPIES));
        const tokens = COPIES * sentences.reduce((sum, each) => sum + each.tokens.length, 0);
        const speeds = await compareSpeeds(model.path, text, tokens, peer);
        return [...speeds, ...(await measureStart(model.path))];
      } finally {
        peer?.close();
        model.remove();
      }
    },
  },
];

async function startCrfsuite(sentences: readonly Sentence[], jobFile: string): Promise<PeerProcess | undefined> {
  const found = await prepareCrfsuite();
  if ('skipped' in found) return undefined;
  const tag = sentences.slice(0, PEER_SENTENCES).map(({ tokens }) => tokens);
  writeFileSync(jobFile, JSON.stringify({ train: sentences.map(({ tokens, tags }) => [tokens, tags]), tag }));
  const script = fileURLToPath(new URL('../peers/crfsuite/tag.py', import.meta.url));
  const peer = new PeerProcess(found.python, ['-B', script, jobFile]);
  await peer.ask<number>('');
  return peer;
}

/** By turns, so that what disturbs one disturbs the others. */
async function compareSpeeds(
  model: string,
  text: string,
  tokens: number,
  peer: PeerProcess | undefined,
): Promise<Figure[]> {
  const speeds: { one: number; all: number; document: number; peer: number }[] = [];
  const others = watchOthers();
  let own = 0;
  const tag = async (...options: string[]): Promise<number> => {
    const seconds = await secondsOf(['tag', '-m', model, '--file', text, '--json', '-o', '/dev/null', ...options]);
    own += seconds;
    return tokens / seconds;
  };
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const all = await tag();
    const peerSpeed = peer ? await peer.ask<number>('') : Number.NaN;
    speeds.push({ all, peer: peerSpeed, one: await tag('--workers', '1'), document: await tag('--from', 'text') });
  }
  const of = (which: keyof (typeof speeds)[number]): number => median(speeds.map((each) => each[which]));
  const note = `${describeOthers(others())}, ours among them; ${own.toFixed(0)} s of tagging`;
  const figures: Figure[] = [
    { what: 'raw lines to JSONL, all workers', measured: of('all'), unit: 'tokens/s', atLeast: 300_000, note },
    { what: 'raw lines to JSONL, one worker', measured: of('one'), unit: 'tokens/s' },
    { what: 'a raw document to JSONL, all workers', measured: of('document'), unit: 'tokens/s' },
    { what: 'all workers against one', measured: of('all') / of('one'), unit: 'x', atLeast: 1.7 },
  ];
  if (!peer) return figures;
  const peerNote = `CRFsuite ${Math.round(of('peer') / 1000)}k tokens/s in one thread, its features made before the clock starts`;
  return [
    ...figures,
    { what: 'against CRFsuite', measured: of('all') / of('peer'), unit: 'x', atLeast: 2.5, note: peerNote },
  ];
}

async function measureStart(model: string): Promise<Figure[]> {
  const whole: number[] = [];
  const empty: number[] = [];
  const loads: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    whole.push(await secondsOf(['tag', '-m', model, 'Maria Silva voou de Lagos para Viena.']));
    empty.push(await secondsOf([], ['--eval', '0']));
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', LOAD, model]);
    loads.push(Number(stdout));
  }
  return [
    {
      what: 'rnn tag with one sentence, from start to exit',
      measured: 1000 * median(whole),
      unit: 'ms',
      atMost: 200,
      note: `node alone ${Math.round(1000 * median(empty))} ms`,
    },
    { what: 'of which loading the model', measured: median(loads), unit: 'ms', atMost: 60 },
  ];
}

/** Loads a model as the command does, in a process that has loaded none before. */
const LOAD = `
import { openModel, readModelFile } from ${JSON.stringify(new URL(`file://${join(ROOT, 'dist/node/model-file.js')}`).href)};
const began = performance.now();
openModel(await readModelFile(process.argv.at(-1)));
console.log(performance.now() - began);
`;

async function secondsOf(command: readonly string[], before: readonly string[] = [BINARY]): Promise<number> {
  const began = performance.now();
  await run(process.execPath, [...before, ...command]);
  return (performance.now() - began) / 1000;
}
