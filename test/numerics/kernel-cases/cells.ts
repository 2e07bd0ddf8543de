import type { Address, Kernels } from '../../../src/numerics/kernels.js';
import type { Random } from '../../../src/numerics/random.js';
import { type KernelCase, randomBuffer, STEP_SIZES } from './case.js';

/** One step of each recurrent cell. */
export function cellCases(): KernelCase[] {
  return STEP_SIZES.flatMap(([rows, beforeRows, H]): KernelCase[] => {
    const ld = 2 * H;
    const buffers = (kernels: Kernels, random: Random, count: number, scale = 1): Address[] =>
      Array.from({ length: count }, () => randomBuffer(kernels, random, rows * ld, scale));
    const suffix = `${rows} rows, ${beforeRows} before, H ${H}`;
    return [
      {
        name: `elmanForward ${suffix}`,
        elements: rows * H,
        operations: 2 * beforeRows * H * H,
        prepare(kernels, random) {
          const [before, h] = buffers(kernels, random, 2, 3) as [Address, Address];
          const panels = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.elmanForward(before, beforeRows, panels, h, rows, ld, H),
            outputs: [[h, rows * ld]],
          };
        },
      },
      {
        name: `elmanBackward ${suffix}`,
        elements: rows * H,
        operations: 2 * beforeRows * H * H,
        prepare(kernels, random) {
          const [h, dh, dBefore] = buffers(kernels, random, 3) as [Address, Address, Address];
          const panels = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.elmanBackward(h, dh, rows, ld, panels, dBefore, beforeRows, H),
            outputs: [
              [dh, rows * ld],
              [dBefore, rows * ld],
            ],
          };
        },
      },
      {
        name: `lstmForward ${suffix}`,
        elements: rows * H,
        operations: 8 * beforeRows * H * H,
        prepare(kernels, random) {
          const [hBefore, cBefore, c, tanhC, h] = buffers(kernels, random, 5) as [
            Address,
            Address,
            Address,
            Address,
            Address,
          ];
          const z = randomBuffer(kernels, random, rows * 8 * H, 4);
          const panels = randomBuffer(kernels, random, 4 * H * H);
          return {
            run: () => kernels.lstmForward(hBefore, cBefore, beforeRows, panels, z, 8 * H, c, tanhC, h, ld, rows, H),
            outputs: [
              [z, rows * 8 * H],
              [c, rows * ld],
              [tanhC, rows * ld],
              [h, rows * ld],
            ],
          };
        },
      },
      {
        name: `lstmBackward ${suffix}`,
        elements: rows * H,
        operations: 8 * beforeRows * H * H,
        prepare(kernels, random) {
          const [cBefore, tanhC, dh, dc, dhBefore] = buffers(kernels, random, 5) as [
            Address,
            Address,
            Address,
            Address,
            Address,
          ];
          const dcBefore = randomBuffer(kernels, random, rows * ld);
          const z = randomBuffer(kernels, random, rows * 8 * H);
          const panels = randomBuffer(kernels, random, 4 * H * H);
          return {
            run: () =>
              kernels.lstmBackward(
                z,
                8 * H,
                cBefore,
                beforeRows,
                tanhC,
                dh,
                dc,
                ld,
                rows,
                panels,
                dhBefore,
                dcBefore,
                H,
              ),
            outputs: [
              [z, rows * 8 * H],
              [dhBefore, rows * ld],
              [dcBefore, rows * ld],
            ],
          };
        },
      },
      {
        name: `gruForward ${suffix}`,
        elements: rows * H,
        operations: 6 * beforeRows * H * H,
        prepare(kernels, random) {
          const [before, u, h] = buffers(kernels, random, 3) as [Address, Address, Address];
          const z = randomBuffer(kernels, random, rows * 6 * H, 4);
          const gates = randomBuffer(kernels, random, 2 * H * H);
          const candidate = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.gruForward(before, beforeRows, gates, candidate, z, 6 * H, u, h, ld, rows, H),
            outputs: [
              [z, rows * 6 * H],
              [u, rows * ld],
              [h, rows * ld],
            ],
          };
        },
      },
      {
        name: `gruBackward ${suffix}`,
        elements: rows * H,
        operations: 6 * beforeRows * H * H,
        prepare(kernels, random) {
          const [u, before, dh, dBefore] = buffers(kernels, random, 4) as [Address, Address, Address, Address];
          const z = randomBuffer(kernels, random, rows * 6 * H);
          const gates = randomBuffer(kernels, random, 2 * H * H);
          const candidate = randomBuffer(kernels, random, H * H);
          return {
            run: () => kernels.gruBackward(z, 6 * H, u, before, beforeRows, dh, ld, rows, gates, candidate, dBefore, H),
            outputs: [
              [z, rows * 6 * H],
              [u, rows * ld],
              [dBefore, rows * ld],
            ],
          };
        },
      },
    ];
  });
}
