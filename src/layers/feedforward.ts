import { shifted } from '../numerics/kernels.js';
import { STATE_FACTOR } from '../numerics/quantised-matrix.js';
import type { Cell } from './cell.js';

/**
 * The layer without memory, as a baseline for recurrent layers:
 *
 *     h<t> = tanh(x<t>)
 *
 * x<t> (H) comes from the input, with `input.bias`; there are no recurrent parameters.
 */
export const feedforward: Cell = {
  gates: [{ name: 'state', initialBias: 0 }],
  matrices: [],
  biases: [],
  isInPlace: true,
  onnx: undefined,

  createLayer(kernels, N, { H, ld }) {
    /** (N, ld): x, then h */
    const states = kernels.allocate(N * ld);
    return {
      z: states,
      h: states,

      // A step of Elman's layer without previous rows: neither these nor the panels are read, so any addresses will do.
      forward(steps, { column }) {
        const h = shifted(states, column);
        kernels.elmanForward(h, 0, h, h, steps.N, ld, H);
      },

      backward(steps, { column }, _weights, dh, _gradient, _scratch, visit) {
        const h = shifted(states, column);
        const d = shifted(dh, column);
        visit?.(d, 0, steps.N);
        kernels.elmanBackward(h, d, steps.N, ld, h, d, 0, H);
      },
    };
  },

  createTaggingLayer(kernels, rows, H) {
    const z = kernels.allocate(rows * H);
    return {
      z,

      start:
        (_weights, { address, ld }) =>
        ({ row, rows: M }) =>
          kernels.elmanStates(z, H, shifted(address, row * ld), ld, STATE_FACTOR, M, H),
    };
  },
};
