import type { PackedMatrix } from '../../layers/dense.js';
import type { Address, Kernels } from '../../numerics/kernels.js';
import type { Side } from '../../numerics/parameters.js';
import type { Settings } from '../../settings/settings.js';
import type { TableShape } from '../../text/features.js';
import type { NetworkParameter } from '../parameter.js';
import type { NetworkPlan, NumberedTable } from '../plan.js';

/**
 * One kind of table that words name rows of, and what a network does with the rows. A new kind is a file beside this
 * one and a line in `kinds.ts`; the ONNX export has an entry for each kind in export/onnx-parts.ts, and does not compile
 * without.
 */
export interface KindOfPart {
  /** The kind's own tables; undefined if it only reads tables of other kinds. */
  readonly tables?: {
    /** Whether rows can be summed straight into the recurrence (`--input sum`), and not only stand side by side. */
    readonly canBeSummed: boolean;
    /** Returns how many numbers a row has. */
    widthOf(table: TableShape, settings: Settings): number;
  };
  /**
   * Returns the parts of this kind that a network has.
   *
   * @param own the kind's own tables
   */
  partsOf(plan: NetworkPlan, own: readonly NumberedTable[]): Part[];
}

/** A table of a network with all that belongs to it. */
export interface Part {
  /** The number of the table among those of the plan: words name rows by it. */
  readonly table: number;
  /** The table's weights. */
  readonly rows: NetworkParameter;
  /** The part's matrices, in the order of a checkpoint. */
  readonly matrices: readonly NetworkParameter[];
  /** Where what a word gets from the part goes. */
  readonly target: Target;
  /** How many numbers its buffers hold a word, in tagging. */
  readonly numbersPerWord: number;
  /** Takes the memory for the words of a batch. */
  createWords(place: PartPlace, capacity: number, isTraining: boolean): PartWords;
}

/**
 * `columns`: numbers side by side with those of other parts, which then go through the product of the input.
 * `recurrence`: added to what the recurrence gets.
 * `logits`: added to the logits of the tokens that have the word at a wide offset, given by its number.
 */
export type Target =
  | { readonly kind: 'columns'; readonly side: Side }
  | { readonly kind: 'recurrence' }
  | { readonly kind: 'logits'; readonly place: number };

/** Where a part of a network lies in memory, and the words that it is about. */
export interface PartPlace {
  readonly kernels: Kernels;
  /** The table's rows, `width` apart. */
  readonly rows: Address;
  readonly width: number;
  /** (capacity, named), whole numbers: the rows that each word names */
  readonly ids: Address;
  /** Returns the panels of one of the part's matrices. */
  panelsOf(matrix: string): PackedMatrix;
  /** Returns where one of the part's matrices begins within a block of dense parameters. */
  offsetOf(matrix: string): number;
}

/** Rows of numbers, `ld` apart. */
export interface Rows {
  readonly address: Address;
  readonly ld: number;
}

/** What a part gives the words of a batch. Threads that make the same buffers share them. */
export interface PartWords {
  /**
   * Works out what words `first` to `last`, exclusive, get.
   *
   * @param y (last - first, width): overwritten by parts whose target is `columns`, added to by others
   */
  forward(first: number, last: number, y: Rows): void;
  /**
   * Works out the gradient by named rows from that by what `forward` gave.
   *
   * @param dy (last - first, width)
   */
  backward(first: number, last: number, dy: Rows): void;
  /**
   * Returns where the gradient by each named row lies, in the order of words, after `backward`.
   *
   * @param target the gradient by what the part gave all words
   */
  rowGradient(target: Rows): Rows;
  /** How many pieces `addWeightGradient` has, which threads share out. */
  readonly weightPieces: number;
  /**
   * Adds one piece of the gradient by the part's matrices, when all words have gone backward.
   *
   * @param count how many words there are
   * @param gradient block of the dense parameters' gradients
   * @param scratch min(count, 256) · (width + 8)
   */
  addWeightGradient(piece: number, count: number, gradient: Address, scratch: Address): void;
}
