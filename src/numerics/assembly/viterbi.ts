// W is K rounded up to a multiple of 4. The transitions are a matrix with a row of W numbers for each tag from which they go.

@inline
function at(base: usize, index: i32): usize { return base + ((<usize>index) << 2); }

/**
 * Finds the most probable tags of one sentence by allowed transitions (Viterbi 1967), the first if some are equal.
 *
 * @param x (N, ld) logits
 * @param masked (W · W + 2 · W) weights of transitions, start and end, -Infinity where not allowed
 * @param best (N), whole numbers: best[rows[t]] becomes the tag of row t
 * @param scratch room for T · W + 2 · W numbers
 */
export function viterbi(
  x: usize, ld: usize, rows: usize, T: i32, K: i32, W: i32, masked: usize, best: usize, scratch: usize,
): void {
  x <<= 2; rows <<= 2; masked <<= 2; best <<= 2; scratch <<= 2;
  const pointers = scratch;
  let now = at(scratch, T * W), next = at(now, W);
  const starts = at(masked, W * W), ends = at(starts, W);
  for (let t = 0; t < T; t++) {
    const logits = x + ((<usize>load<i32>(at(rows, t)) * ld) << 2);
    for (let j = 0; j < W; j += 4) {
      let score: v128, pointer = i32x4.splat(0);
      if (t == 0) score = v128.load(at(starts, j));
      else {
        score = f32x4.add(f32x4.splat(load<f32>(now)), v128.load(at(masked, j)));
        for (let i = 1; i < K; i++) {
          const other = f32x4.add(f32x4.splat(load<f32>(at(now, i))), v128.load(at(masked, i * W + j)));
          const better = f32x4.gt(other, score);
          score = v128.bitselect(other, score, better);
          pointer = v128.bitselect(i32x4.splat(i), pointer, better);
        }
      }
      v128.store(at(next, j), f32x4.add(score, v128.load(at(logits, j))));
      v128.store(at(pointers, t * W + j), pointer);
    }
    let largest = load<f32>(next);
    for (let j = 1; j < K; j++) { const v = load<f32>(at(next, j)); if (v > largest) largest = v; }
    for (let j = 0; j < K; j++) store<f32>(at(next, j), load<f32>(at(next, j)) - largest);
    const swap = now; now = next; next = swap;
  }
  let tag = 0;
  let largest: f32 = -Infinity;
  for (let j = 0; j < K; j++) {
    const v = load<f32>(at(now, j)) + load<f32>(at(ends, j));
    if (v > largest) { largest = v; tag = j; }
  }
  for (let t = T - 1; t >= 0; t--) {
    store<i32>(at(best, load<i32>(at(rows, t))), tag);
    tag = load<i32>(at(pointers, t * W + tag));
  }
}
