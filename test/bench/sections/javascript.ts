import { built } from '../built.js';
import { NpmPeer, type PeerAnswer } from '../peers/npm-peer.js';
import type { Figure, Section } from '../section.js';
import { median } from '../timing.js';
import { TrainingRun } from '../training-run.js';
import { makeWorkload, readBenchCorpus, type Workload } from '../workload.js';

const SECONDS = 8;
const CELLS = ['elman', 'lstm'] as const;
/** Fastest first. */
const BACKENDS = ['node', 'wasm', 'cpu'];

type Train = (workload: Workload) => Promise<PeerAnswer & { readonly how: string }>;

/** This package with all processors, on the batches of the peer, before and after it. */
async function compare(peer: string, train: Train): Promise<Figure[]> {
  const { processorCount } = await built('node/processors');
  const figures: Figure[] = [];
  for (const cell of CELLS) {
    const workload = makeWorkload({ sentences: readBenchCorpus(), inputs: 'all', cell, batchCount: 40 });
    const run = await TrainingRun.withWorkers(processorCount(), workload);
    try {
      const passes = (): number[] => Array.from({ length: 4 }, () => run.pass());
      run.pass();
      const before = passes();
      const { tokensPerSecond, losses, how } = await train(workload);
      const ours = median([...before, ...passes()]);
      const fall = `its loss went from ${losses[0]?.toPrecision(3)} to ${losses.at(-1)?.toPrecision(3)}`;
      figures.push({
        what: `training ${cell === 'lstm' ? 'an LSTM' : 'an Elman network'} of 128 against ${peer}`,
        measured: ours / tokensPerSecond,
        unit: 'x',
        atLeast: 10,
        note: `${Math.round(ours)} against ${Math.round(tokensPerSecond)} tokens/s; ${how}; ${fall}`,
      });
    } finally {
      run.close();
    }
  }
  return figures;
}

async function againstTensorflow(peer: NpmPeer): Promise<Figure[]> {
  const backends = [...BACKENDS];
  return compare('TensorFlow.js', async (workload) => {
    for (;;) {
      const backend = backends[0] as string;
      try {
        const answer = await peer.train(workload, [backend, `${SECONDS}`]);
        return { ...answer, how: `backend ${backend}, both ways, batches of 32` };
      } catch (error) {
        backends.shift();
        if (backends.length === 0) throw error;
      }
    }
  });
}

async function againstBrain(peer: NpmPeer): Promise<Figure[]> {
  return compare('brain.js', async (workload) => {
    const answer = await peer.train(workload, [`${SECONDS}`]);
    return { ...answer, how: 'left to right only, input rows not trained, sentence by sentence, absolute error' };
  });
}

function sectionOf(name: string, measure: (peer: NpmPeer) => Promise<Figure[]>): Section {
  return {
    name,
    async run() {
      let peer: NpmPeer;
      try {
        peer = await NpmPeer.install(name);
      } catch {
        return { skipped: `npm cannot install ${name} here` };
      }
      try {
        return await measure(peer);
      } finally {
        peer.remove();
      }
    },
  };
}

/** Training against what others do in JavaScript, on the same sentences and batches, as closely as they can. */
export const sections: Section[] = [sectionOf('tensorflow', againstTensorflow), sectionOf('brain', againstBrain)];
