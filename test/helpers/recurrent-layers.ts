import { type Direction, elmanBackward, elmanForward } from '../../src/layers/elman.js';
import { gruBackward, gruForward } from '../../src/layers/gru.js';
import { lstmBackward, lstmForward } from '../../src/layers/lstm.js';
import type { Steps } from '../../src/layers/sequence.js';
import type { Address, Kernels } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';
import { randomBuffer } from '../numerics/kernel-cases/case.js';
import type { Differentiable } from './gradient-check.js';
import { sigmoid, sum } from './textbook/sums.js';

export const CELLS = ['elman', 'gru', 'lstm'] as const;
export const DIRECTIONS = ['forward', 'backward'] as const;
export const H = 8;
/** Rows lie farther apart than they are wide, as those of one of two directions do. */
export const LD = 2 * H;

const GATES = { elman: 1, gru: 3, lstm: 4 } as const;

/** A recurrent layer with random input and weights, and its formula for one step of one sentence. */
export interface RecurrentLayer extends Differentiable {
  /** The next state; `before` is the one that the step before gave. */
  next(row: number, before: CellState): CellState;
}

export interface CellState {
  readonly h: readonly number[];
  readonly c: readonly number[];
}

/** Rows of random numbers, and of zeros behind them. */
function randomRows(kernels: Kernels, random: Random, N: number, width: number, ld: number): Address {
  const drawn = randomBuffer(kernels, random, N * width);
  const rows = kernels.allocate(N * ld);
  kernels.copyRows(drawn, width, rows, ld, N, width);
  return rows;
}

export function setUpLayer(
  kernels: Kernels,
  cell: (typeof CELLS)[number],
  direction: Direction['direction'],
  steps: Steps,
  random: Random,
): RecurrentLayer {
  const n = steps.N * LD;
  const gates = GATES[cell];
  const lane: Direction = { direction, H, ld: LD };
  const ldz = LD * gates;
  const input = randomRows(kernels, random, steps.N, gates * H, ldz);
  const recurrent = randomRows(kernels, random, steps.N, H, LD);
  const weights = Array.from({ length: gates * H * H }, () => 2 * random.uniform() - 1);
  const [z, dh, h, u, c, tanhC, dc] = [n * gates, n, n, n, n, n, n].map((length) => kernels.allocate(length));
  /** Panels of the gates from `first` on and of their transpose. */
  const pack = (first: number, count: number): { panels: Address; transposed: Address } => {
    const matrix = kernels.allocate(count * H * H);
    for (let k = 0; k < H; k++) {
      for (let j = 0; j < count * H; j++)
        kernels.memory[matrix + k * count * H + j] = weights[k * gates * H + first * H + j];
    }
    const [panels, transposed] = [matrix, matrix].map(() => kernels.allocate(count * H * H));
    kernels.pack(matrix, panels, H, count * H);
    kernels.packTransposed(matrix, transposed, count * H, H);
    return { panels, transposed };
  };
  const sums = (row: number, gate: number, before: CellState): number[] =>
    Array.from(
      { length: H },
      (_, j) =>
        sum(H, (k) => before.h[k] * weights[k * gates * H + gate * H + j]) +
        kernels.memory[input + row * ldz + gate * H + j],
    );

  if (cell === 'elman') {
    const { panels, transposed } = pack(0, 1);
    return {
      inputs: [{ from: input, gradient: dh, n }],
      output: h,
      dOutput: dh,
      n,
      forward() {
        kernels.copyRows(input, n, h, n, 1, n);
        elmanForward(kernels, steps, lane, panels, h);
      },
      backward: () => elmanBackward(kernels, steps, lane, transposed, h, dh),
      next: (row, before) => ({ h: sums(row, 0, before).map(Math.tanh), c: [] }),
    };
  }
  if (cell === 'lstm') {
    const { panels, transposed } = pack(0, 4);
    const buffers = { z, ldz, c, tanhC, dc };
    return {
      inputs: [{ from: input, gradient: z, n: 4 * n }],
      output: h,
      dOutput: dh,
      n,
      forward() {
        kernels.copyRows(input, 4 * n, z, 4 * n, 1, 4 * n);
        lstmForward(kernels, steps, lane, panels, buffers, h);
      },
      backward() {
        kernels.fill(dc, 0, n);
        lstmBackward(kernels, steps, lane, transposed, buffers, dh);
      },
      next(row, before) {
        const [i, f, g, o] = [0, 1, 2, 3].map((gate) => sums(row, gate, before));
        const cells = before.c.map((value, j) => sigmoid(f[j]) * value + sigmoid(i[j]) * Math.tanh(g[j]));
        return { h: cells.map((value, j) => sigmoid(o[j]) * Math.tanh(value)), c: cells };
      },
    };
  }
  const first = pack(0, 2);
  const candidate = pack(2, 1);
  const buffers = { z, ldz, u };
  return {
    inputs: [
      { from: input, gradient: z, n: 3 * n },
      { from: recurrent, gradient: u, n },
    ],
    output: h,
    dOutput: dh,
    n,
    forward() {
      kernels.copyRows(input, 3 * n, z, 3 * n, 1, 3 * n);
      kernels.copyRows(recurrent, n, u, n, 1, n);
      gruForward(kernels, steps, lane, first.panels, candidate.panels, buffers, h);
    },
    backward: () => gruBackward(kernels, steps, lane, first.transposed, candidate.transposed, buffers, h, dh),
    next(row, before) {
      const [reset, update] = [0, 1].map((gate) => sums(row, gate, before).map(sigmoid));
      const fromBefore = reset.map((_, j) => sum(H, (k) => before.h[k] * weights[k * gates * H + 2 * H + j]));
      const h = before.h.map((value, j) => {
        const inner = fromBefore[j] + kernels.memory[recurrent + row * LD + j];
        const n = Math.tanh(kernels.memory[input + row * ldz + 2 * H + j] + reset[j] * inner);
        return (1 - update[j]) * n + update[j] * value;
      });
      return { h, c: [] };
    },
  };
}
