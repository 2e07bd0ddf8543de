import type { PackedMatrix } from '../../layers/dense.js';
import type { Address, Kernels } from '../../numerics/kernels.js';
import type { Side } from '../../numerics/parameters.js';
import type { Settings } from '../../settings/settings.js';
import type { TableShape } from '../../text/features.js';
import type { NetworkParameter } from '../parameter.js';
import type { NetworkPlan, NumberedTable } from '../plan.js';

/**
 * A kind of table, and what a network does with the rows that words name. A new kind is a file beside this one and a
 * line in `kinds.ts`; the ONNX export has an entry for each kind in export/onnx-parts.ts, without which it does not
 * compile.
 */
export interface KindOfPart {
  /** The kind's tables. */
  readonly tables: {
    /** True if rows can also be summed straight into the recurrence (`--input sum`). */
    readonly canBeSummed: boolean;
    /** Returns the number of numbers of a row. */
    widthOf(table: TableShape, settings: Settings): number;
  };
  /** Returns the parts of this kind that a network has; `own` are the plan's tables of this kind. */
  partsOf(plan: NetworkPlan, own: readonly NumberedTable[]): Part[];
}

/** A table of a network with everything that belongs to it. */
export interface Part {
  /** The number of the table among those of the plan. */
  readonly table: number;
  /** The table's weights. */
  readonly rows: NetworkParameter;
  /** The part's matrices, in the order of a checkpoint. */
  readonly matrices: readonly NetworkParameter[];
  /** The destination of what the part gives a word. */
  readonly target: Target;
  /** Allocates the buffers for the words of a batch. */
  createWords(place: PartPlace, capacity: number, isTraining: boolean): PartWords;
}

/**
 * `columns`: side by side with what other parts give, then through the product of the input.
 * `recurrence`: added to the recurrence's input.
 */
export type Target = { readonly kind: 'columns'; readonly side: Side } | { readonly kind: 'recurrence' };

/** The memory of a part of a network: its weights and the words that name its rows. */
export interface PartPlace {
  readonly kernels: Kernels;
  /** The table's rows, `width` apart. */
  readonly rows: Address;
  readonly width: number;
  /** (capacity, named), whole numbers: the rows that each word names */
  readonly ids: Address;
  /** Returns the panels of one of the part's matrices, and its offset within a block of dense parameters. */
  matrixOf(name: string): PackedMatrix & { readonly offset: number };
}

/** Rows of numbers, `ld` apart. */
export interface Rows {
  readonly address: Address;
  readonly ld: number;
}

/** A part's computations for the words of a batch. Threads that create the same buffers share them. */
export interface PartWords {
  /**
   * Computes what words `first` to `last`, exclusive, get.
   *
   * @param y (last - first, width): overwritten by parts whose target is `columns`, added to by others
   */
  forward(first: number, last: number, y: Rows): void;
  /** Computes the gradient by named rows from that by what `forward` gave, `dy` (last - first, width). */
  backward(first: number, last: number, dy: Rows): void;
  /**
   * Returns the gradient by each named row, in the order of words, after `backward`.
   *
   * @param target the gradient by what the part gave all words
   */
  rowGradient(target: Rows): Rows;
  /** The number of pieces of `addWeightGradient`, which threads divide among themselves. */
  readonly weightPieces: number;
  /**
   * Adds one piece of the gradient by the part's matrices, after `backward` for all words.
   *
   * @param count the number of words
   * @param gradient block of the dense parameters' gradients
   * @param scratch min(count, 256) · (width + 8)
   */
  addWeightGradient(piece: number, count: number, gradient: Address, scratch: Address): void;
}
