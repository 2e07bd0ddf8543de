import { type ParameterSpec, type Side, side } from '../numerics/parameters.js';

/** What a row or a column of a parameter stands for: a tag, or a value of a table of words. */
export type Meaning = { readonly kind: 'tag' } | { readonly kind: 'value'; readonly table: string };

export const TAG: Meaning = { kind: 'tag' };

/** Weights of one purpose in a network. */
export interface NetworkParameter extends ParameterSpec {
  /**
   * What its weights are when a training begins: drawn evenly from -bound to bound, or one number in each block of
   * columns.
   */
  readonly initial: { readonly bound: number } | { readonly constants: readonly number[] };
  /** The matrix that products read in panels, if it is one, or one of several that lie in it one below the other. */
  readonly panels?: string | undefined;
  /** What its rows stand for; undefined if they mean nothing by themselves. */
  readonly rowMeaning?: Meaning | undefined;
  readonly columnMeaning?: Meaning | undefined;
}

type Extras = Pick<NetworkParameter, 'panels' | 'rowMeaning' | 'columnMeaning'>;

/** Describes a matrix that begins evenly drawn. */
export function matrix(name: string, rows: Side, columns: Side, bound: number, extras: Extras = {}): NetworkParameter {
  const shape = [rows.blocks * rows.size, columns.blocks * columns.size];
  return { name, kind: 'matrix', shape, rows, columns, initial: { bound }, ...extras };
}

/**
 * Describes a bias.
 *
 * @param constants what each block of columns begins at; 0 if left out
 */
export function bias(
  name: string,
  columns: Side,
  extras: Extras = {},
  constants?: readonly number[],
): NetworkParameter {
  const shape = [columns.blocks * columns.size];
  const zeros = new Array<number>(columns.blocks).fill(0);
  return { name, kind: 'bias', shape, rows: side(1), columns, initial: { constants: constants ?? zeros }, ...extras };
}

/**
 * Describes a table of a row for each of V values.
 *
 * @param bound how it begins; 0: every weight is 0
 */
export function table(
  name: string,
  V: number,
  columns: Side,
  bound: number,
  extras: Extras = {},
  kind: 'table' | 'given' = 'table',
): NetworkParameter {
  const initial = bound === 0 ? { constants: new Array<number>(columns.blocks).fill(0) } : { bound };
  return { name, kind, shape: [V, columns.blocks * columns.size], rows: side(V), columns, initial, ...extras };
}
