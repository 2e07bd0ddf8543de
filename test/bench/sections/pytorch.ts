import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OurSide } from '../our-side.js';
import type { PeerProcess } from '../peers/peer-process.js';
import { startPyTorch } from '../peers/pytorch/start.js';
import type { Figure, Section } from '../section.js';
import { median } from '../timing.js';
import { makeWorkload, readBenchCorpus, type WorkloadOptions } from '../workload.js';
import { writeWorkload } from '../workload-file.js';

const REPETITIONS = 5;
const BATCHES = 64;
const COMPARED_STEPS = 20;

/** Milliseconds in which threads that spin after their work come to rest. */
const REST = 300;

interface Comparison {
  readonly name: string;
  readonly what: string;
  readonly atLeast: number;
  readonly does: 'train' | 'tag';
  readonly workload: Omit<WorkloadOptions, 'sentences'>;
}

const COMPARISONS: readonly Comparison[] = [
  {
    name: 'pytorch-elman',
    what: 'training, Elman 128 both ways, words, affixes, shape, casing, softmax, against PyTorch',
    atLeast: 3,
    does: 'train',
    workload: { inputs: 'all' },
  },
  {
    name: 'pytorch-summed',
    what: 'training, the same with rows summed straight into the recurrence, against PyTorch',
    atLeast: 3.5,
    does: 'train',
    workload: { inputs: 'all', input: 'sum' },
  },
  {
    name: 'pytorch-lstm',
    what: 'training, BiLSTM 128, words, softmax, against PyTorch',
    atLeast: 3.5,
    does: 'train',
    workload: { inputs: 'words', cell: 'lstm' },
  },
  {
    name: 'pytorch-tagging',
    what: 'tagging from strings with features and Viterbi, against PyTorch',
    atLeast: 3,
    does: 'tag',
    workload: { inputs: 'all', decoder: 'crf' },
  },
];

/** Same network, weights, batches and work on both sides; all our processors against its better number of threads. */
export const sections: Section[] = COMPARISONS.map((comparison) => ({
  name: comparison.name,
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'rnn-tagger-bench-'));
    const workload = makeWorkload({ sentences: readBenchCorpus(), batchCount: BATCHES, ...comparison.workload });
    const ours = await OurSide.start(workload);
    try {
      writeWorkload(folder, workload, ours.network);
      const peer = await startPyTorch(folder);
      if ('skipped' in peer) return peer;
      try {
        return [await compare(comparison, ours, peer)];
      } finally {
        peer.close();
      }
    } finally {
      ours.close();
      await rm(folder, { recursive: true });
    }
  },
}));

async function compare({ what, atLeast, does }: Comparison, ours: OurSide, peer: PeerProcess): Promise<Figure> {
  const sameness = await (does === 'train' ? compareLosses(ours, peer) : compareTags(ours, peer));
  const speeds: { ours: number; one: number; two: number }[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    await sleep(REST);
    const own = ours[does]();
    const one = await peer.ask<number>(`${does} 1`);
    const two = await peer.ask<number>(`${does} 2`);
    speeds.push({ ours: own, one, two });
  }
  const own = median(speeds.map((speed) => speed.ours));
  const one = median(speeds.map((speed) => speed.one));
  const two = median(speeds.map((speed) => speed.two));
  const ratios = speeds.map((speed) => speed.ours / Math.max(speed.one, speed.two));
  const range = `${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)}`;
  return {
    what,
    measured: own / Math.max(one, two),
    unit: 'x',
    atLeast,
    note: `${thousands(own)} against ${thousands(one)} and, with two threads, ${thousands(two)} tokens/s; ratios from ${range}; ${sameness}`,
  };
}

async function compareLosses(ours: OurSide, peer: PeerProcess): Promise<string> {
  const own = ours.losses(COMPARED_STEPS);
  const theirs = await peer.ask<number[]>(`losses ${COMPARED_STEPS}`);
  const differences = own.map((loss, step) => Math.abs(loss / (theirs[step] as number) - 1));
  const last = (losses: readonly number[]): string => (losses.at(-1) as number).toFixed(5);
  const largest = Math.max(...differences).toExponential(1);
  return `loss of step ${COMPARED_STEPS} ${last(own)} and ${last(theirs)}, largest difference ${largest}`;
}

async function compareTags(ours: OurSide, peer: PeerProcess): Promise<string> {
  const theirs = await peer.ask<number[]>('tags');
  const own = ours.tags();
  const equal = own.filter((tag, token) => tag === theirs[token]).length;
  return `features from strings counted on both sides; ${((100 * equal) / own.length).toFixed(3)} % of tags equal`;
}

function thousands(tokensPerSecond: number): string {
  return `${Math.round(tokensPerSecond / 1000)}k`;
}
