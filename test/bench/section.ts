/** One line of the bench table: a figure measured in this run, and what it has to reach. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  /** `x` for a ratio, `%`, `MB`, `tokens/s`, ... */
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What lies behind the figure, as in `412k against 180k tokens/s`. */
  readonly note?: string;
}

/** A part of the bench that can be run alone, by its name. */
export interface Section {
  readonly name: string;
  /** Gives the figures, or says why there are none. */
  run(): Promise<readonly Figure[] | { readonly skipped: string }>;
}
