import type { Direction } from '../../src/layers/cell.js';
import { CELLS, type CellName } from '../../src/layers/cells.js';
import type { PackedMatrix } from '../../src/layers/dense.js';
import type { ReadingDirection, Steps } from '../../src/layers/sequence.js';
import { type Address, type Kernels, shifted } from '../../src/numerics/kernels.js';
import type { Random } from '../../src/numerics/random.js';
import { randomBuffer } from '../numerics/kernel-cases/case.js';
import type { Differentiable } from './gradient-check.js';
import { sigmoid, sum } from './textbook/sums.js';

export const CELL_NAMES = Object.keys(CELLS) as CellName[];
export const DIRECTIONS = ['forward', 'backward'] as const;
export const H = 8;
/** Rows lie farther apart than they are wide, as those of one of two directions do. */
export const LD = 2 * H;

/** A recurrent layer with random input and weights, and its formula for one step of one sentence. */
export interface RecurrentLayer extends Differentiable {
  /** The state of a row after `forward`. */
  stateAt(row: number): number[];
  /** The next state; `before` is the one that the step before gave. */
  next(row: number, before: CellState): CellState;
}

export interface CellState {
  readonly h: readonly number[];
  readonly c: readonly number[];
}

/** What a formula is made of: what the input gives a gate, and recurrent products and biases, by names as in the README. */
interface Terms {
  x(gate: string): number[];
  product(matrix: string, gate: string): number[];
  bias(name: string): readonly number[];
}

/** The equations in plain numbers. */
const FORMULAS: Record<CellName, (terms: Terms, before: CellState) => CellState> = {
  elman: ({ x, product }) => ({ h: plus(x('state'), product('weights', 'state')).map(Math.tanh), c: [] }),

  feedforward: ({ x }) => ({ h: x('state').map(Math.tanh), c: [] }),

  lstm({ x, product }, before) {
    const sums = (gate: string): number[] => plus(x(gate), product('weights', gate));
    const [i, f, o] = ['input', 'forget', 'output'].map((gate) => sums(gate).map(sigmoid));
    const g = sums('candidate').map(Math.tanh);
    const c = before.c.map((value, j) => f[j] * value + i[j] * g[j]);
    return { h: c.map((value, j) => o[j] * Math.tanh(value)), c };
  },

  gru({ x, product, bias }, before) {
    const [r, s] = ['reset', 'update'].map((gate) => plus(x(gate), product('gates', gate)).map(sigmoid));
    const u = plus(bias('candidate.bias'), product('candidate', 'candidate'));
    const n = x('candidate').map((value, j) => Math.tanh(value + r[j] * u[j]));
    return { h: before.h.map((value, j) => (1 - s[j]) * n[j] + s[j] * value), c: [] };
  },
};

function plus(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, j) => value + b[j]);
}

/** A matrix (H, width), or a bias (1, width), and its gradient. */
interface DrawnParameter {
  readonly address: Address;
  readonly gradient: Address;
  readonly gates: readonly string[];
  readonly n: number;
}

/** The second of two directions of a layer, so that its columns do not begin where the buffers do. */
export function setUpLayer(
  kernels: Kernels,
  name: CellName,
  reading: ReadingDirection,
  steps: Steps,
  random: Random,
): RecurrentLayer {
  const cell = CELLS[name];
  const blocks = cell.gates.length;
  const ldz = LD * blocks;
  const direction: Direction = { reading, column: H, gateColumn: blocks * H };
  const layer = cell.createLayer(kernels, steps.N, { H, ld: LD, ldz });
  const [n, nz] = [steps.N * LD, steps.N * ldz];
  const input = kernels.allocate(nz);
  kernels.copyRows(randomBuffer(kernels, random, nz), ldz, shifted(input, blocks * H), ldz, steps.N, blocks * H);
  const [dh, dInput, scratch] = [n, nz, steps.N * (H + 8)].map((size) => kernels.allocate(size));
  const draw = (rows: number, gates: readonly string[]): DrawnParameter => {
    const size = rows * gates.length * H;
    return { address: randomBuffer(kernels, random, size), gradient: kernels.allocate(size), gates, n: size };
  };
  const matrices = new Map(cell.matrices.map((each) => [each.name, draw(H, each.gates)]));
  const biases = new Map(cell.biases.map((each) => [each.name, draw(1, each.gates)]));
  const packed = new Map(
    [...matrices].map(([key, { n }]): [string, PackedMatrix] => [
      key,
      { panels: kernels.allocate(n), transposed: kernels.allocate(n) },
    ]),
  );
  const weights = {
    matrix: (key: string): PackedMatrix => packed.get(key) as PackedMatrix,
    bias: (key: string): Address => (biases.get(key) as DrawnParameter).address,
  };
  const parameters = new Map([...matrices, ...biases]);
  const numbersAt = (address: Address): number[] => [...kernels.memory.subarray(address, address + H)];
  return {
    inputs: [
      { from: input, gradient: dInput, n: nz },
      ...[...parameters.values()].map(({ address, gradient, n }) => ({ from: address, gradient, n })),
    ],
    output: layer.h,
    dOutput: dh,
    n,
    forward() {
      for (const [key, { address, gates }] of matrices) {
        kernels.pack(address, weights.matrix(key).panels, H, gates.length * H);
        kernels.packTransposed(address, weights.matrix(key).transposed, gates.length * H, H);
      }
      const own = direction.gateColumn;
      kernels.copyRows(shifted(input, own), ldz, shifted(layer.z, own), ldz, steps.N, blocks * H);
      layer.forward(steps, direction, weights);
    },
    backward() {
      for (const { gradient, n } of parameters.values()) kernels.fill(gradient, 0, n);
      const gradientOf = (key: string): Address => (parameters.get(key) as DrawnParameter).gradient;
      layer.backward(steps, direction, weights, dh, gradientOf, scratch);
      const dz = shifted(cell.isInPlace ? dh : layer.z, direction.gateColumn);
      kernels.copyRows(dz, ldz, shifted(dInput, direction.gateColumn), ldz, steps.N, blocks * H);
    },
    stateAt: (row) => numbersAt(shifted(layer.h, row * LD + direction.column)),
    next(row, before) {
      const terms: Terms = {
        x(gate) {
          const block = cell.gates.findIndex((each) => each.name === gate);
          return numbersAt(shifted(input, row * ldz + direction.gateColumn + block * H));
        },
        product(matrix, gate) {
          const { address, gates } = matrices.get(matrix) as DrawnParameter;
          const first = address + gates.indexOf(gate) * H;
          return Array.from({ length: H }, (_, j) =>
            sum(H, (k) => before.h[k] * kernels.memory[first + k * gates.length * H + j]),
          );
        },
        bias: (key) => numbersAt((biases.get(key) as DrawnParameter).address),
      };
      return FORMULAS[name](terms, before);
    },
  };
}
