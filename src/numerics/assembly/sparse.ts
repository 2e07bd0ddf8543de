// Products with a matrix of which many numbers are 0, as dropout leaves it. A sum that begins at 0 and skips them is bit by bit
// that of all of them.

import { madd } from './tiles';

/** A number that is 0 is written too, and the next one takes its place: a branch would be predicted wrongly half of the time. */
export function findNonzeros(
  x: usize, rowStep: usize, columnStep: usize, entries: usize, lde: usize, counts: usize, M: i32, N: i32,
): void {
  x <<= 2; rowStep <<= 2; columnStep <<= 2; entries <<= 2; lde <<= 2; counts <<= 2;
  for (let m = 0; m < M; m++) {
    let from = x, entry = entries;
    for (let n = 0; n < N; n++) {
      const number = load<f32>(from);
      store<i32>(entry, n); store<f32>(entry, number, 4);
      if (number != 0) entry += 8;
      from += columnStep;
    }
    store<i32>(counts, <i32>((entry - entries) >> 3));
    x += rowStep; entries += lde; counts += 4;
  }
}

export function multiplySparse(
  entries: usize, lde: usize, counts: usize, panels: usize, c: usize, ldc: usize, M: i32, K: i32, N: i32,
): void {
  entries <<= 2; lde <<= 2; counts <<= 2; panels <<= 2; c <<= 2; ldc <<= 2;
  const size = (<usize>K) << 5;
  let n = N;
  for (; n >= 32; n -= 32) {
    let row = entries, target = c;
    for (let m = 0; m < M; m++) {
      sparseRow32(row, row + ((<usize>load<i32>(counts + ((<usize>m) << 2))) << 3), panels, size, target);
      row += lde; target += ldc;
    }
    panels += 4 * size; c += 128;
  }
  for (; n > 0; n -= 8) {
    let row = entries, target = c;
    for (let m = 0; m < M; m++) {
      sparseRow8(row, row + ((<usize>load<i32>(counts + ((<usize>m) << 2))) << 3), panels, target);
      row += lde; target += ldc;
    }
    panels += size; c += 32;
  }
}

/**
 * c (32) += the entries · four panels of `size` bytes. The branch that is never taken keeps V8 from loading all eight vectors
 * before it multiplies; see `tile` in tiles.ts.
 */
@inline
function sparseRow32(entry: usize, end: usize, panels: usize, size: usize, c: usize): void {
  let s0 = v128.load(c), s1 = v128.load(c, 16), s2 = v128.load(c, 32), s3 = v128.load(c, 48);
  let s4 = v128.load(c, 64), s5 = v128.load(c, 80), s6 = v128.load(c, 96), s7 = v128.load(c, 112);
  for (; entry < end; entry += 8) {
    let panel = panels + ((<usize>load<i32>(entry)) << 5);
    const x = v128.load32_splat(entry, 4);
    s0 = madd<f32>(s0, x, v128.load(panel)); s1 = madd<f32>(s1, x, v128.load(panel, 16));
    panel += size;
    s2 = madd<f32>(s2, x, v128.load(panel)); s3 = madd<f32>(s3, x, v128.load(panel, 16));
    if (entry == 0) break;
    panel += size;
    s4 = madd<f32>(s4, x, v128.load(panel)); s5 = madd<f32>(s5, x, v128.load(panel, 16));
    panel += size;
    s6 = madd<f32>(s6, x, v128.load(panel)); s7 = madd<f32>(s7, x, v128.load(panel, 16));
  }
  v128.store(c, s0); v128.store(c, s1, 16); v128.store(c, s2, 32); v128.store(c, s3, 48);
  v128.store(c, s4, 64); v128.store(c, s5, 80); v128.store(c, s6, 96); v128.store(c, s7, 112);
}

@inline
function sparseRow8(entry: usize, end: usize, panel: usize, c: usize): void {
  let s0 = v128.load(c), s1 = v128.load(c, 16);
  for (; entry < end; entry += 8) {
    const row = panel + ((<usize>load<i32>(entry)) << 5);
    const x = v128.load32_splat(entry, 4);
    s0 = madd<f32>(s0, x, v128.load(row)); s1 = madd<f32>(s1, x, v128.load(row, 16));
  }
  v128.store(c, s0); v128.store(c, s1, 16);
}
