import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWasmKernels } from '../../src/numerics/wasm.js';

/** Numbers of single precision, half of them 0. */
const number = fc.oneof(fc.constant(0), fc.float({ noNaN: true, min: -8, max: 8 }));

const product = fc
  .record({
    M: fc.integer({ min: 1, max: 6 }),
    K: fc.integer({ min: 1, max: 9 }),
    panels: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ M, K, panels }) => {
    const buffer = (n: number) => fc.array(number, { minLength: n, maxLength: n });
    return fc.record({
      M: fc.constant(M),
      K: fc.constant(K),
      N: fc.constant(8 * panels),
      a: buffer(M * K),
      b: buffer(K * 8 * panels),
    });
  });

test('a product that begins at 0 and skips zeros has the bits of one that does not', () => {
  fc.assert(
    fc.property(product, ({ M, K, N, a, b }) => {
      const kernels = createWasmKernels();
      const [x, panels, entries, counts] = [M * K, K * N, 2 * M * K, M].map((n) => kernels.allocate(n));
      const [all, sparse] = [kernels.allocate(M * N), kernels.allocate(M * N)];
      kernels.memory.set(a, x);
      kernels.memory.set(b, panels);
      kernels.multiply(x, K, panels, all, N, M, K, N);
      kernels.findNonzeros(x, K, 1, entries, 2 * K, counts, M, K);
      kernels.multiplySparse(entries, 2 * K, counts, panels, sparse, N, M, K, N);
      const bitsAt = (from: number): number[] => [...kernels.integers.subarray(from, from + M * N)];
      expect(bitsAt(sparse)).toEqual(bitsAt(all));
    }),
  );
});
