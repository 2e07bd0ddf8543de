import type { Address, Kernels } from '../numerics/kernels.js';
import type { PackedMatrix } from './dense.js';
import type { ReadingDirection, Steps } from './sequence.js';

/** A block of H pre-activations that the input gives each direction of a layer: those of a gate, or of a new state. */
export interface Gate {
  readonly name: string;
  /** What its part of `input.bias` is when a training begins. */
  readonly initialBias: number;
}

/** Weights between the state before and some of the gates, or a bias that is added to their product. */
export interface RecurrentParameter {
  /** Without the layer and the direction: `gates` is called `forward.gates` in the first layer. */
  readonly name: string;
  /** The gates that it leads to, which stand side by side. */
  readonly gates: readonly string[];
}

/** The operator of ONNX that computes a cell. */
export interface OnnxOperator {
  readonly name: string;
  /** The gates in the order in which ONNX has their blocks. */
  readonly gates: readonly string[];
  readonly attributes: Readonly<Record<string, number>>;
}

/** The size of a layer: how far the rows of its buffers are apart. */
export interface LayerSize {
  /** H, padded. */
  readonly H: number;
  /** Distance between rows of states: directions · H. */
  readonly ld: number;
  /** Distance between rows of pre-activations: directions · gates · H. */
  readonly ldz: number;
}

/** One of a layer's directions, and where its columns begin. */
export interface Direction {
  readonly reading: ReadingDirection;
  /** Its first column in buffers of states, (N, ld). */
  readonly column: number;
  /** Its first column in buffers of pre-activations, (N, ldz). */
  readonly gateColumn: number;
}

/** Where the recurrent parameters of one direction lie, by the names that the cell gives them. */
export interface RecurrentWeights {
  matrix(name: string): PackedMatrix;
  bias(name: string): Address;
}

/** Where gradients by the recurrent parameters of one direction are added up. */
export type RecurrentGradient = (name: string) => Address;

/** A recurrent layer's buffers, for all its directions, and the way there and back in one of them. */
export interface CellLayer {
  /** (N, ldz): in, what the input gives; after `forward`, whatever `backward` needs of it */
  readonly z: Address;
  /** (N, ld): after `forward`, the hidden states; the same buffer as `z` if the cell works in place */
  readonly h: Address;
  forward(steps: Steps, direction: Direction, weights: RecurrentWeights): void;
  /**
   * Back-propagation through time (Werbos, 1990), from the last word read to the first.
   *
   * @param dh (N, ld): in, the loss's gradient by `h`; overwritten. If the cell works in place, its gradient by what
   *   stood in `z` is left here; if not, in `z`.
   * @param gradient by the weights, added to
   * @param scratch min(N, 256) · (H + 8)
   */
  backward(
    steps: Steps,
    direction: Direction,
    weights: RecurrentWeights,
    dh: Address,
    gradient: RecurrentGradient,
    scratch: Address,
  ): void;
}

/** A recurrent cell: its parameters, how they begin, its equations (`createLayer`), and how others call it. */
export interface Cell {
  /** The gates, in the order of their blocks. */
  readonly gates: readonly Gate[];
  /** (H, gates · H) each, row by row from the state before. */
  readonly matrices: readonly RecurrentParameter[];
  /** (gates · H) each. */
  readonly biases: readonly RecurrentParameter[];
  /** Whether states take the place of pre-activations, and gradients by states that of gradients by pre-activations. */
  readonly isInPlace: boolean;
  /** Undefined if nothing recurs: h = tanh(x). */
  readonly onnx: OnnxOperator | undefined;
  /** @param N the largest number of tokens that go through together */
  createLayer(kernels: Kernels, N: number, size: LayerSize): CellLayer;
}
