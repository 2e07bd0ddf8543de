import { expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { digestOfBits } from '../helpers/bits.js';
import { KERNEL_CASES } from './kernel-cases.js';

/** Of everything that all cases of a kernel write. */
function digestOfKernel(kernel: string): string {
  const cases = KERNEL_CASES.filter(({ name }) => name.startsWith(`${kernel} `));
  return digestOfBits(
    cases.flatMap(({ prepare }) => {
      const kernels = createReferenceKernels();
      const { run, outputs } = prepare(kernels, new Random(4));
      run();
      const kept = outputs.filter(([, , kind]) => kind !== 'scratch');
      return kept.flatMap(([from, n]) => [...kernels.integers.subarray(from, from + n)]);
    }),
  );
}

/**
 * Checkpoints are promised bit by bit on every engine, so that a change here is a change of every checkpoint. The
 * figures are what the kernels gave when they were written.
 */
test.each([
  ['multiply', '57e6cf46'],
  ['packTransposed', '04be5036'],
  ['multiplyTransposed', '6977c384'],
  ['elmanForward', 'a907f6aa'],
  ['elmanBackward', '52b8ed61'],
  ['lstmForward', 'bc8674a0'],
  ['lstmBackward', '0ff4e8a0'],
  ['gruForward', '9a15f193'],
  ['gruBackward', 'acd9cfd4'],
  ['gather', 'f94f2af2'],
  ['gatherAdd', '8756ce2f'],
  ['sumGroups', 'd50574a3'],
  ['fillRows', '3bb56f25'],
  ['addRowSums', 'd6c89b4e'],
  ['copyRows', '5a4cbb56'],
  ['fill', '64728b53'],
  ['add', '59808bc0'],
  ['dropout', '66782376'],
  ['sumOfSquares', '043a9622'],
  ['squaresOfRows', '69d9ba1f'],
  ['sgd', '48caa7b2'],
  ['movingAverage', 'b25ea4e8'],
  ['momentum', '622fe23f'],
  ['adam', '313c918c'],
  ['multiplyQuantised', 'e9e274c1'],
  ['packQuantised', '34aa862f'],
  ['quantiseRows', 'e05730b8'],
  ['roundRows', '17c34bdf'],
  ['roundColumns', '8bac1105'],
  ['gatherAddQuantised', '984f7313'],
  ['elmanStates', '3259105e'],
  ['lstmStates', 'a622ad45'],
  ['gruStates', '9cfb34be'],
  ['softmax', 'da8e9dd0'],
  ['crossEntropy', '74d7e4ab'],
  ['crossEntropyBackward', '63937161'],
  ['crossEntropyOfSets', '3c18edfa'],
  ['argmax', '548ae8dc'],
  ['crf', '8562b8d9'],
  ['crfLossOfSets', 'f87370c9'],
])('%s gives the same bits on every engine', (kernel, digest) => {
  expect(digestOfKernel(kernel)).toBe(digest);
});
