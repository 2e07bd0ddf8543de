import type { Address, Kernels } from '../numerics/kernels.js';
import type { PackedMatrix } from './dense.js';
import type { ReadingDirection, Steps } from './sequence.js';
import type { TaggingLayer } from './tagging-layer.js';

/** A block of H pre-activations of each direction of a layer: those of a gate, or of a new state. */
interface Gate {
  readonly name: string;
  /** The initial value of the gate's part of `input.bias`. */
  readonly initialBias: number;
}

/** Weights between the previous state and some of the gates, or a bias that is added to their product. */
export interface RecurrentParameter {
  /** The name without layer and direction: `gates` is `forward.gates` in the first layer. */
  readonly name: string;
  /** The gates to which the parameter leads, which are adjacent. */
  readonly gates: readonly string[];
}

/** The ONNX operator that computes a cell. */
interface OnnxOperator {
  readonly name: string;
  /** The gates in the order of their blocks in ONNX. */
  readonly gates: readonly string[];
  readonly attributes: Readonly<Record<string, number>>;
}

/** The sizes of a layer's buffers. */
export interface LayerSize {
  /** H, padded. */
  readonly H: number;
  /** Distance between rows of states: directions · H. */
  readonly ld: number;
  /** Distance between rows of pre-activations: directions · gates · H. */
  readonly ldz: number;
}

/** One of a layer's directions. */
export interface Direction {
  readonly reading: ReadingDirection;
  /** The direction's first column in buffers of states, (N, ld). */
  readonly column: number;
  /** The direction's first column in buffers of pre-activations, (N, ldz). */
  readonly gateColumn: number;
}

/** The recurrent parameters of one direction, by the names that the cell gives them. */
export interface RecurrentWeights {
  matrix(name: string): PackedMatrix;
  bias(name: string): Address;
}

/**
 * Is told of rows, `row` and the `rows - 1` after it, whose gradient by the hidden states has become complete: no later step
 * adds to it. Its address is that of `row`.
 */
export type StateGradientVisitor = (gradient: Address, row: number, rows: number) => void;

/** A recurrent layer's buffers, for all its directions, and the two passes through one direction. */
export interface CellLayer {
  /** (N, ldz): before `forward`, the pre-activations from the input; after it, whatever `backward` needs */
  readonly z: Address;
  /** (N, ld): after `forward`, the hidden states; the same buffer as `z` if the cell works in place */
  readonly h: Address;
  forward(steps: Steps, direction: Direction, weights: RecurrentWeights): void;
  /**
   * Computes gradients by back-propagation through time (Werbos, 1990), from the last word read to the first.
   *
   * @param dh (N, ld): on entry the loss's gradient by `h`; overwritten. The gradient by the pre-activations is left
   * here if the cell works in place, otherwise in `z`.
   * @param gradient returns the address of the gradient by a recurrent parameter, which is added to
   * @param scratch min(N, 256) · (H + 8)
   * @param visit called with the gradient by the states of each step before it is overwritten, (rows, H), `ld` apart
   */
  backward(
    steps: Steps,
    direction: Direction,
    weights: RecurrentWeights,
    dh: Address,
    gradient: (name: string) => Address,
    scratch: Address,
    visit?: StateGradientVisitor,
  ): void;
}

/** A recurrent cell: its parameters with their initial biases, its equations (`createLayer`), and its ONNX operator. */
export interface Cell {
  /** The gates, in the order of their blocks. */
  readonly gates: readonly Gate[];
  /** The recurrent matrices, (H, gates · H) each, with rows for the previous state. */
  readonly matrices: readonly RecurrentParameter[];
  /** The recurrent biases, (gates · H) each. */
  readonly biases: readonly RecurrentParameter[];
  /** True if states replace pre-activations, and gradients by pre-activations replace gradients by states. */
  readonly isInPlace: boolean;
  /** Undefined if nothing recurs: h = tanh(x). */
  readonly onnx: OnnxOperator | undefined;
  /** @param N the largest number of tokens of a pass */
  createLayer(kernels: Kernels, N: number, size: LayerSize): CellLayer;
  /**
   * @param rows the largest number of rows of a step
   * @param H padded
   */
  createTaggingLayer(kernels: Kernels, rows: number, H: number): TaggingLayer;
}
