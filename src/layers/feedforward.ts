import { shifted } from '../numerics/kernels.js';
import type { Cell } from './cell.js';

/**
 * The layer without memory that recurrent ones are compared with, each token by itself:
 *
 *     h<t> = tanh(x<t>)
 *
 * x<t> (H) is what the input gives, with `input.bias`; there are no recurrent parameters.
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

      // Elman's step with no rows before it: neither those nor the panels are read, and any address will do for them.
      forward(steps, { column }) {
        const h = shifted(states, column);
        kernels.elmanForward(h, 0, h, h, steps.N, ld, H);
      },

      backward(steps, { column }, _weights, dh) {
        const h = shifted(states, column);
        const d = shifted(dh, column);
        kernels.elmanBackward(h, d, steps.N, ld, h, d, 0, H);
      },
    };
  },
};
