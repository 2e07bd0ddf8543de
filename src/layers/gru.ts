import { shifted } from '../numerics/kernels.js';
import { STATE_FACTOR } from '../numerics/quantised-matrix.js';
import type { Cell } from './cell.js';
import { EarlierStates } from './earlier-states.js';
import { walkSteps } from './sequence.js';

/**
 * The gated recurrent unit of Cho et al. (2014), with the reset gate behind the product, as cuDNN and PyTorch have it:
 *
 *     r<t>, s<t> = σ(x<t> + h<t-1> · Wg)               reset and update gate, side by side
 *     u<t>       = b + h<t-1> · Wn                     recurrent part of the candidate
 *     n<t>       = tanh(x<t> + r<t> ∘ u<t>)            candidate
 *     h<t>       = (1 - s<t>) ∘ n<t> + s<t> ∘ h<t-1>   h<0> = 0
 *
 * x<t> (3H) comes from the input, with `input.bias`: a block each for reset, update, and candidate. In the forward
 * direction, Wg (H, 2H) is `forward.gates`, Wn (H, H) `forward.candidate`, and b (H) `forward.candidate.bias`.
 */
export const gru: Cell = {
  gates: [
    { name: 'reset', initialBias: 0 },
    { name: 'update', initialBias: 0 },
    { name: 'candidate', initialBias: 0 },
  ],
  matrices: [
    { name: 'gates', gates: ['reset', 'update'] },
    { name: 'candidate', gates: ['candidate'] },
  ],
  biases: [{ name: 'candidate.bias', gates: ['candidate'] }],
  isInPlace: false,
  onnx: { name: 'GRU', gates: ['update', 'reset', 'candidate'], attributes: { linear_before_reset: 1 } },

  createLayer(kernels, N, size) {
    const { H, ld, ldz } = size;
    /** (N, ldz): x, then r, s, and n, then the gradient by x */
    const gates = kernels.allocate(N * ldz);
    /** (N, ld): b, then u, then the gradient by u */
    const recurrent = kernels.allocate(N * ld);
    /** (N, ld) */
    const states = kernels.allocate(N * ld);
    const earlier = new EarlierStates(kernels, N, size);
    return {
      z: gates,
      h: states,

      forward(steps, { reading, column, gateColumn }, weights) {
        const { panels: Wg } = weights.matrix('gates');
        const { panels: Wn } = weights.matrix('candidate');
        const z = shifted(gates, gateColumn);
        const u = shifted(recurrent, column);
        const h = shifted(states, column);
        kernels.fillRows(weights.bias('candidate.bias'), u, ld, steps.N, H);
        walkSteps(kernels, steps, reading, 'reading', ({ row, rows, before, beforeRows }) => {
          const from = before * ld;
          const to = row * ld;
          kernels.gruForward(
            shifted(h, from),
            beforeRows,
            Wg,
            Wn,
            shifted(z, row * ldz),
            ldz,
            shifted(u, to),
            shifted(h, to),
            ld,
            rows,
            H,
          );
        });
      },

      backward(steps, direction, weights, dh, gradient, scratch, visit) {
        const { reading, column, gateColumn } = direction;
        const { transposed: Wg } = weights.matrix('gates');
        const { transposed: Wn } = weights.matrix('candidate');
        const z = shifted(gates, gateColumn);
        const u = shifted(recurrent, column);
        const h = shifted(states, column);
        const d = shifted(dh, column);
        walkSteps(kernels, steps, reading, 'reverse', ({ row, rows, before, beforeRows }) => {
          visit?.(shifted(d, row * ld), row, rows);
          const from = before * ld;
          const to = row * ld;
          const gate = shifted(z, row * ldz);
          kernels.gruBackward(
            gate,
            ldz,
            shifted(u, to),
            shifted(h, from),
            beforeRows,
            shifted(d, to),
            ld,
            rows,
            Wg,
            Wn,
            shifted(d, from),
            H,
          );
        });
        earlier.collect(steps, direction, states);
        earlier.addGradient(steps, direction, z, ldz, 2 * H, gradient('gates'), scratch);
        earlier.addGradient(steps, direction, u, ld, H, gradient('candidate'), scratch);
        kernels.addRowSums(u, ld, gradient('candidate.bias'), steps.N, H);
      },
    };
  },

  createTaggingLayer(kernels, rows, H) {
    /** (rows, 3H) and (rows, H): x and b, to which the products are added */
    const z = kernels.allocate(rows * 3 * H);
    const u = kernels.allocate(rows * H);
    /** (rows, H) each: the states of the step before and of this one */
    let [earlier, states] = [kernels.allocate(rows * H), kernels.allocate(rows * H)];
    return {
      z,

      start(weights, { address, ld }) {
        const Wg = weights.matrix('gates');
        const Wn = weights.matrix('candidate');
        const b = weights.bias('candidate.bias');
        return ({ row, rows: M, before, beforeRows }) => {
          const q = shifted(address, before * ld);
          kernels.multiplyQuantised(q, ld, Wg.panels, Wg.scales, z, 3 * H, beforeRows, H, 2 * H);
          kernels.fillRows(b, u, H, M, H);
          kernels.multiplyQuantised(q, ld, Wn.panels, Wn.scales, u, H, beforeRows, H, H);
          const to = shifted(address, row * ld);
          kernels.gruStates(z, 3 * H, u, earlier, beforeRows, states, H, to, ld, STATE_FACTOR, M, H);
          [earlier, states] = [states, earlier];
        };
      },
    };
  },
};
