import { shifted } from '../numerics/kernels.js';
import { STATE_FACTOR } from '../numerics/quantised-matrix.js';
import type { Cell } from './cell.js';
import { EarlierStates } from './earlier-states.js';
import { walkSteps } from './sequence.js';

/**
 * The simple recurrent layer of Elman (1990), with the same weights at every step:
 *
 *     h<t> = tanh(x<t> + h<t-1> · W)      h<0> = 0
 *
 * x<t> (H) comes from the input, with `input.bias`; W (H, H) is `forward.weights` or `backward.weights`.
 */
export const elman: Cell = {
  gates: [{ name: 'state', initialBias: 0 }],
  matrices: [{ name: 'weights', gates: ['state'] }],
  biases: [],
  isInPlace: true,
  onnx: { name: 'RNN', gates: ['state'], attributes: {} },

  createLayer(kernels, N, size) {
    const { H, ld } = size;
    /** (N, ld): x, then h */
    const states = kernels.allocate(N * ld);
    const earlier = new EarlierStates(kernels, N, size);
    return {
      z: states,
      h: states,

      forward(steps, { reading, column }, weights) {
        const { panels } = weights.matrix('weights');
        const h = shifted(states, column);
        walkSteps(kernels, steps, reading, 'reading', ({ row, rows, before, beforeRows }) => {
          kernels.elmanForward(shifted(h, before * ld), beforeRows, panels, shifted(h, row * ld), rows, ld, H);
        });
      },

      backward(steps, direction, weights, dh, gradient, scratch, visit) {
        const { reading, column } = direction;
        const { transposed } = weights.matrix('weights');
        const h = shifted(states, column);
        const d = shifted(dh, column);
        walkSteps(kernels, steps, reading, 'reverse', ({ row, rows, before, beforeRows }) => {
          visit?.(shifted(d, row * ld), row, rows);
          kernels.elmanBackward(
            shifted(h, row * ld),
            shifted(d, row * ld),
            rows,
            ld,
            transposed,
            shifted(d, before * ld),
            beforeRows,
            H,
          );
        });
        earlier.collect(steps, direction, states);
        earlier.addGradient(steps, direction, d, ld, H, gradient('weights'), scratch);
      },
    };
  },

  createTaggingLayer(kernels, rows, H) {
    const z = kernels.allocate(rows * H);
    return {
      z,

      start(weights, { address, ld }) {
        const { panels, scales } = weights.matrix('weights');
        return ({ row, rows: M, before, beforeRows }) => {
          const earlier = shifted(address, before * ld);
          kernels.multiplyQuantised(earlier, ld, panels, scales, z, H, beforeRows, H, H);
          kernels.elmanStates(z, H, shifted(address, row * ld), ld, STATE_FACTOR, M, H);
        };
      },
    };
  },
};
