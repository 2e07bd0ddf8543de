import { describe, expect, it } from 'vitest';
import { AGREEMENT_STEPS, type AgreementCase, agreementWorkload, startAgreement } from '../helpers/agreement.js';

/**
 * Mean loss of a sentence in each of the first steps, as PyTorch has it with the same initial weights and batches,
 * SparseAdam for the tables and Adam for the rest. `npx tsx test/bench/peers/pytorch/golden.ts` printed these figures
 * with PyTorch 1.13.1; it writes the workloads of this test to a file, which `peer.py` trains on.
 */
const LOSSES: Record<AgreementCase, readonly number[]> = {
  elman: [
    42.945522, 29.223061, 17.080904, 31.702171, 26.593615, 30.012177, 30.781576, 15.253106, 18.842842, 20.365255,
    26.310747, 17.061045, 14.344312, 7.0633168, 15.197717, 16.33848, 11.919921, 20.12829, 16.365498, 11.995426,
  ],
  'elman forward': [45.206432, 32.219444, 20.451994, 38.391476, 35.241722, 43.228474, 45.091297, 25.870867],
  lstm: [42.741547, 30.895658, 19.462729, 37.105175, 34.319271, 42.182243, 44.893879, 25.330111],
  gru: [38.159527, 27.022331, 16.235563, 32.006947, 28.251846, 34.493488, 35.908272, 20.348694],
  summed: [
    43.015152, 29.307936, 17.785204, 32.636322, 27.705223, 32.831066, 33.963814, 17.524706, 22.376928, 23.648867,
    31.848892, 20.455969, 16.102968, 8.7591267, 17.006092, 17.3603, 13.161775, 19.489815, 15.75817, 12.029784,
  ],
};

describe('the losses of the first steps are those of PyTorch to 1e-6', () => {
  it.each(Object.keys(LOSSES) as AgreementCase[])('%s', async (name) => {
    const { losses } = await startAgreement(agreementWorkload(name));
    const golden = LOSSES[name];
    const differences = losses(AGREEMENT_STEPS[name]).map((loss, step) => {
      return Math.abs(loss / (golden[step] as number) - 1);
    });
    expect(differences).toHaveLength(golden.length);
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });
});
