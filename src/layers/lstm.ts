import { shifted } from '../numerics/kernels.js';
import { STATE_FACTOR } from '../numerics/quantised-matrix.js';
import type { Cell } from './cell.js';
import { EarlierStates } from './earlier-states.js';
import { walkSteps } from './sequence.js';

/**
 * Long short-term memory (Hochreiter & Schmidhuber, 1997) with forget gates (Gers et al., 2000):
 *
 *     i<t>, f<t>, o<t> = σ(x<t> + h<t-1> · W)            input, forget, and output gate
 *     g<t>             = tanh(x<t> + h<t-1> · W)         candidate
 *     c<t>             = f<t> ∘ c<t-1> + i<t> ∘ g<t>     cell state, c<0> = 0
 *     h<t>             = o<t> ∘ tanh(c<t>)               h<0> = 0
 *
 * x<t> (4H) comes from the input, with `input.bias`; W (H, 4H) is `forward.weights` or `backward.weights`. Both have a
 * block each for input, forget, candidate, and output, in this order. The forget gate's bias is initially 1 (Jozefowicz
 * et al., 2015).
 */
export const lstm: Cell = {
  gates: [
    { name: 'input', initialBias: 0 },
    { name: 'forget', initialBias: 1 },
    { name: 'candidate', initialBias: 0 },
    { name: 'output', initialBias: 0 },
  ],
  matrices: [{ name: 'weights', gates: ['input', 'forget', 'candidate', 'output'] }],
  biases: [],
  isInPlace: false,
  onnx: { name: 'LSTM', gates: ['input', 'output', 'forget', 'candidate'], attributes: {} },

  createLayer(kernels, N, size) {
    const { H, ld, ldz } = size;
    /** (N, ldz): x, then i, f, g, and o, then the gradient by x */
    const gates = kernels.allocate(N * ldz);
    /** (N, ld) each: c, tanh(c), and the gradient by c */
    const cells = kernels.allocate(N * ld);
    const tanhCells = kernels.allocate(N * ld);
    const dCells = kernels.allocate(N * ld);
    /** (H) */
    const zeros = kernels.allocate(H);
    /** (N, ld) */
    const states = kernels.allocate(N * ld);
    const earlier = new EarlierStates(kernels, N, size);
    return {
      z: gates,
      h: states,

      forward(steps, { reading, column, gateColumn }, weights) {
        const { panels } = weights.matrix('weights');
        const z = shifted(gates, gateColumn);
        const c = shifted(cells, column);
        const tanhC = shifted(tanhCells, column);
        const h = shifted(states, column);
        walkSteps(kernels, steps, reading, 'reading', ({ row, rows, before, beforeRows }) => {
          const from = before * ld;
          const to = row * ld;
          const gate = shifted(z, row * ldz);
          kernels.lstmForward(
            shifted(h, from),
            shifted(c, from),
            beforeRows,
            panels,
            gate,
            ldz,
            shifted(c, to),
            shifted(tanhC, to),
            shifted(h, to),
            ld,
            rows,
            H,
          );
        });
      },

      backward(steps, direction, weights, dh, gradient, scratch, visit) {
        const { reading, column, gateColumn } = direction;
        const { transposed: W } = weights.matrix('weights');
        const z = shifted(gates, gateColumn);
        const c = shifted(cells, column);
        const tanhC = shifted(tanhCells, column);
        const dc = shifted(dCells, column);
        const d = shifted(dh, column);
        kernels.fillRows(zeros, dc, ld, steps.N, H);
        walkSteps(kernels, steps, reading, 'reverse', ({ row, rows, before, beforeRows }) => {
          visit?.(shifted(d, row * ld), row, rows);
          const from = before * ld;
          const to = row * ld;
          const gate = shifted(z, row * ldz);
          kernels.lstmBackward(
            gate,
            ldz,
            shifted(c, from),
            beforeRows,
            shifted(tanhC, to),
            shifted(d, to),
            shifted(dc, to),
            ld,
            rows,
            W,
            shifted(d, from),
            shifted(dc, from),
            H,
          );
        });
        earlier.collect(steps, direction, states);
        earlier.addGradient(steps, direction, z, ldz, 4 * H, gradient('weights'), scratch);
      },
    };
  },

  createTaggingLayer(kernels, rows, H) {
    /** (rows, 4H) */
    const z = kernels.allocate(rows * 4 * H);
    /** (rows, H) each: the cell states of the step before and of this one */
    let [earlier, cells] = [kernels.allocate(rows * H), kernels.allocate(rows * H)];
    return {
      z,

      start(weights, { address, ld }) {
        const { panels, scales } = weights.matrix('weights');
        return ({ row, rows: M, before, beforeRows }) => {
          kernels.multiplyQuantised(shifted(address, before * ld), ld, panels, scales, z, 4 * H, beforeRows, H, 4 * H);
          const q = shifted(address, row * ld);
          kernels.lstmStates(z, 4 * H, earlier, beforeRows, cells, H, q, ld, STATE_FACTOR, M, H);
          [earlier, cells] = [cells, earlier];
        };
      },
    };
  },
};
