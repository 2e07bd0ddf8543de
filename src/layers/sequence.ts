/**
 * How the tokens of a batch lie in memory: time-major and without padding. Sentences stand longest first, so that the
 * tokens of step t, one of each sentence that is still going on, are the rows `start[t]` to `start[t + 1]`, and row b
 * of a step follows row b of the step before.
 */
export interface Steps {
  /** T, the length of the longest sentence. */
  readonly T: number;
  /** B, the number of sentences. */
  readonly B: number;
  /** N, the number of tokens. */
  readonly N: number;
  /** (T + 1) */
  readonly start: Int32Array;
}

/**
 * @param lengths of the sentences, longest first, each at least 1
 */
export function layOutSteps(lengths: readonly number[]): Steps {
  const T = lengths[0] ?? 0;
  const start = new Int32Array(T + 1);
  let active = lengths.length;
  for (let t = 0; t < T; t++) {
    while ((lengths[active - 1] as number) <= t) active--;
    start[t + 1] = (start[t] as number) + active;
  }
  return { T, B: lengths.length, N: start[T] as number, start };
}
