import type { Network } from '../../src/model/network.js';
import { gatherTeam } from '../../src/node/team.js';
import { writeParameter } from '../../src/numerics/parameters.js';
import { Random } from '../../src/numerics/random.js';
import { planJob, Trainer } from '../../src/training/trainer.js';
import { makeWorkload, readStarterCorpus, type Workload } from '../bench/workload.js';

/** What the golden losses of PyTorch are about: small networks on some sentences of the starter corpus. */
export type AgreementCase = 'elman' | 'elman forward' | 'lstm' | 'gru' | 'summed';

export const AGREEMENT_STEPS: Record<AgreementCase, number> = {
  elman: 20,
  'elman forward': 8,
  lstm: 8,
  gru: 8,
  summed: 20,
};

/** The hidden size is no multiple of the vector width, so that padding would show. */
export function agreementWorkload(name: AgreementCase): Workload {
  const sentences = readStarterCorpus().slice(0, 240);
  const common = { sentences, batchSize: 12, hidden: 20 };
  if (name === 'lstm' || name === 'gru') return makeWorkload({ ...common, inputs: 'words', cell: name });
  if (name === 'elman forward') return makeWorkload({ ...common, inputs: 'words', direction: 'forward' });
  return makeWorkload({ ...common, inputs: 'all', input: name === 'summed' ? 'sum' : 'concatenate' });
}

/** A network for a workload whose weights, biases too, are drawn evenly from -0.25 to 0.25, and how it learns. */
export async function startAgreement(
  workload: Workload,
): Promise<{ network: Network; losses(steps: number): number[] }> {
  const job = planJob(workload.plan, workload.settings, workload.examples.sentences, 1);
  const { leader } = await gatherTeam(job, 1);
  const { network } = leader;
  for (const [index, parameter] of [...network.layout.dense, ...network.layout.tables].entries()) {
    const random = new Random(1, index);
    const length = parameter.shape.reduce((product, size) => product * size, 1);
    const weights = Float32Array.from({ length }, () => (random.uniform() - 0.5) / 2);
    writeParameter(network.kernels, network.weights, parameter, weights);
  }
  network.pack();
  const trainer = new Trainer(leader, workload.examples, workload.settings, 1);
  return {
    network,
    losses: (steps) => workload.batches.slice(0, steps).map((batch) => trainer.step(1, batch).loss / batch.length),
  };
}
