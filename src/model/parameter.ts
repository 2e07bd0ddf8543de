import { type ParameterSpec, type Side, side } from '../numerics/parameters.js';

/** The meaning of a parameter's rows or columns: tags, or the values of a table. */
export type Meaning = { readonly kind: 'tag' } | { readonly kind: 'value'; readonly table: string };

export const TAG: Meaning = { kind: 'tag' };

/** Weights of one purpose in a network. */
export interface NetworkParameter extends ParameterSpec {
  /** The initial weights: drawn uniformly from -bound to bound, or a constant for each block of columns. */
  readonly initial: { readonly bound: number } | { readonly constants: readonly number[] };
  /** The name of the matrix that products read, which is the parameter or several of them, one below the other. */
  readonly panels?: string | undefined;
  /** The meaning of its rows; undefined if they mean nothing by themselves. */
  readonly rowMeaning?: Meaning | undefined;
  /** The meaning of its columns; undefined if they mean nothing by themselves. */
  readonly columnMeaning?: Meaning | undefined;
}

type Extras = Pick<NetworkParameter, 'panels' | 'rowMeaning' | 'columnMeaning'>;

/** Describes a matrix whose initial weights are drawn uniformly from -bound to bound. */
export function matrix(name: string, rows: Side, columns: Side, bound: number, extras: Extras = {}): NetworkParameter {
  const shape = [rows.blocks * rows.size, columns.blocks * columns.size];
  return { name, kind: 'matrix', shape, rows, columns, initial: { bound }, ...extras };
}

/** Describes a bias; `constants` are the initial weights of each block of columns, by default 0. */
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

/** Describes a table of V rows, whose initial weights are drawn uniformly from -bound to bound. */
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
