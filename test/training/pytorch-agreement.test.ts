import { describe, expect, it } from 'vitest';
import { AGREEMENT_STEPS, type AgreementCase, agreementWorkload, startAgreement } from '../helpers/agreement.js';

/**
 * Mean loss of a sentence in each of the first steps, as PyTorch has it with the same initial weights and batches,
 * SparseAdam for the tables and Adam for the rest. `npx tsx test/bench/peers/pytorch/golden.ts` printed these figures
 * with PyTorch 1.13.1; it writes the workloads of this test to a file, which `peer.py` trains on.
 */
const LOSSES: Record<AgreementCase, readonly number[]> = {
  elman: [
    41.767223, 28.169756, 16.368896, 30.510847, 25.520914, 28.303026, 29.113663, 14.391388, 17.746908, 19.027908,
    24.566729, 15.759823, 13.684589, 6.3037624, 14.407308, 15.653678, 11.716576, 19.622484, 15.888717, 11.602763,
  ],
  'elman forward': [45.206432, 32.219444, 20.451994, 38.391476, 35.241722, 43.228474, 45.091297, 25.870867],
  lstm: [42.741547, 30.895658, 19.462729, 37.105175, 34.319271, 42.182243, 44.893879, 25.330111],
  gru: [38.159527, 27.022331, 16.235563, 32.006947, 28.251846, 34.493488, 35.908272, 20.348694],
  summed: [
    50.985382, 34.899208, 20.782734, 38.890903, 34.447048, 39.943195, 40.839191, 21.719591, 28.324104, 28.212746,
    40.011208, 25.588686, 19.394087, 11.155308, 20.519598, 19.451635, 15.867226, 21.730591, 17.260365, 12.71058,
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
