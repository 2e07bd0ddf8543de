// Matrix products. The second factor comes in panels of 8 columns, [N / 8][K][8], so that every product reads one panel from
// the first-level cache. Each sum starts with what the target holds and runs in ascending order of k; each product is
// rounded before it is added. The order does not depend on how rows are divided into tiles, so that the bits do not either.

import { madd, STEP, tile } from './tiles';

function tile1(K: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize): void { tile<f32>(1, K, a, lda, panel, 0, c, ldc); }
function tile2(K: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize): void { tile<f32>(2, K, a, lda, panel, 0, c, ldc); }
function tile3(K: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize): void { tile<f32>(3, K, a, lda, panel, 0, c, ldc); }
function tile4(K: i32, a: usize, lda: usize, panel: usize, c: usize, ldc: usize): void { tile<f32>(4, K, a, lda, panel, 0, c, ldc); }

/**
 * c (32) += a (K) · four panels, for a single row: four panels at once give it the eight independent sums that a tile has. The
 * branch `if (a == 0) break` is never taken; see `tile` in tiles.ts.
 */
function row32(K: i32, a: usize, panels: usize, c: usize): void {
  const size = (<usize>K) * STEP;
  let s0 = v128.load(c), s1 = v128.load(c, 16), s2 = v128.load(c, 32), s3 = v128.load(c, 48);
  let s4 = v128.load(c, 64), s5 = v128.load(c, 80), s6 = v128.load(c, 96), s7 = v128.load(c, 112);
  for (let k = K; k > 0; k--) {
    let panel = panels;
    const x = v128.load32_splat(a);
    s0 = madd<f32>(s0, x, v128.load(panel)); s1 = madd<f32>(s1, x, v128.load(panel, 16));
    panel += size;
    s2 = madd<f32>(s2, x, v128.load(panel)); s3 = madd<f32>(s3, x, v128.load(panel, 16));
    if (a == 0) break;
    panel += size;
    s4 = madd<f32>(s4, x, v128.load(panel)); s5 = madd<f32>(s5, x, v128.load(panel, 16));
    panel += size;
    s6 = madd<f32>(s6, x, v128.load(panel)); s7 = madd<f32>(s7, x, v128.load(panel, 16));
    a += 4; panels += STEP;
  }
  v128.store(c, s0); v128.store(c, s1, 16); v128.store(c, s2, 32); v128.store(c, s3, 48);
  v128.store(c, s4, 64); v128.store(c, s5, 80); v128.store(c, s6, 96); v128.store(c, s7, 112);
}

/** c (M, N) += a (M, K) · panels, as other kernels call it: with addresses in bytes */
export function multiplyBytes(a: usize, lda: usize, panels: usize, c: usize, ldc: usize, M: i32, K: i32, N: i32): void {
  lda <<= 2; ldc <<= 2;
  const size = (<usize>K) * STEP;
  let n = N;
  if (M == 1) while (n >= 32) { row32(K, a, panels, c); panels += 4 * size; c += 128; n -= 32; }
  for (; n > 0; n -= 8) {
    let row = a, target = c, m = M;
    for (; m >= 4; m -= 4) { tile4(K, row, lda, panels, target, ldc); row += 4 * lda; target += 4 * ldc; }
    if (m == 3) tile3(K, row, lda, panels, target, ldc);
    else if (m == 2) tile2(K, row, lda, panels, target, ldc);
    else if (m == 1) tile1(K, row, lda, panels, target, ldc);
    panels += size; c += 32;
  }
}

export function multiply(a: usize, lda: usize, panels: usize, c: usize, ldc: usize, M: i32, K: i32, N: i32): void {
  multiplyBytes(a << 2, lda, panels << 2, c << 2, ldc, M, K, N);
}

export function pack(b: usize, panels: usize, K: i32, N: i32): void {
  b <<= 2; panels <<= 2;
  const ldb = (<usize>N) << 2;
  for (let n = 0; n < N; n += 8) packPanel(b + ((<usize>n) << 2), ldb, panels + (<usize>n) * ((<usize>K) << 2), K);
}

@inline
function packPanel(b: usize, ldb: usize, panel: usize, K: i32): void {
  for (let k = 0; k < K; k++) {
    v128.store(panel, v128.load(b));
    v128.store(panel, v128.load(b, 16), 16);
    b += ldb; panel += STEP;
  }
}

export function packTransposed(b: usize, panels: usize, K: i32, N: i32): void {
  b <<= 2; panels <<= 2;
  const ldb = (<usize>K) << 2;
  for (let n = 0; n < N; n += 8) {
    let from = b + (<usize>n) * ldb;
    for (let k = 0; k < K; k += 4) {
      transpose4(from, ldb, panels);
      transpose4(from + 4 * ldb, ldb, panels + 16);
      panels += 4 * STEP; from += 16;
    }
  }
}

@inline
function transpose4(from: usize, ld: usize, to: usize): void {
  const r0 = v128.load(from), r1 = v128.load(from + ld), r2 = v128.load(from + 2 * ld), r3 = v128.load(from + 3 * ld);
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(to, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 32);
  v128.store(to, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 64);
  v128.store(to, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 96);
}

/** c (4, 8) += aᵀ · b, with panels a [M][4] and b [M][8]. The branch `if (b == 0) break` is never taken; see `tile` in tiles.ts. */
function transposedTile(M: i32, a: usize, b: usize, c: usize, ldc: usize): void {
  const c1 = c + ldc, c2 = c1 + ldc, c3 = c2 + ldc;
  let s00 = v128.load(c), s01 = v128.load(c, 16), s10 = v128.load(c1), s11 = v128.load(c1, 16);
  let s20 = v128.load(c2), s21 = v128.load(c2, 16), s30 = v128.load(c3), s31 = v128.load(c3, 16);
  let m = M;
  while (m >= 2) {
    {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const x0 = v128.load32_splat(a), x1 = v128.load32_splat(a, 4), x2 = v128.load32_splat(a, 8), x3 = v128.load32_splat(a, 12);
      s00 = madd<f32>(s00, x0, b0); s01 = madd<f32>(s01, x0, b1); s10 = madd<f32>(s10, x1, b0); s11 = madd<f32>(s11, x1, b1);
      s20 = madd<f32>(s20, x2, b0); s21 = madd<f32>(s21, x2, b1); s30 = madd<f32>(s30, x3, b0); s31 = madd<f32>(s31, x3, b1);
    }
    if (b == 0) break;
    {
      const b0 = v128.load(b, 32), b1 = v128.load(b, 48);
      const x0 = v128.load32_splat(a, 16), x1 = v128.load32_splat(a, 20), x2 = v128.load32_splat(a, 24), x3 = v128.load32_splat(a, 28);
      s00 = madd<f32>(s00, x0, b0); s01 = madd<f32>(s01, x0, b1); s10 = madd<f32>(s10, x1, b0); s11 = madd<f32>(s11, x1, b1);
      s20 = madd<f32>(s20, x2, b0); s21 = madd<f32>(s21, x2, b1); s30 = madd<f32>(s30, x3, b0); s31 = madd<f32>(s31, x3, b1);
    }
    a += 32; b += 64; m -= 2;
  }
  if (m > 0) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a), x1 = v128.load32_splat(a, 4), x2 = v128.load32_splat(a, 8), x3 = v128.load32_splat(a, 12);
    s00 = madd<f32>(s00, x0, b0); s01 = madd<f32>(s01, x0, b1); s10 = madd<f32>(s10, x1, b0); s11 = madd<f32>(s11, x1, b1);
    s20 = madd<f32>(s20, x2, b0); s21 = madd<f32>(s21, x2, b1); s30 = madd<f32>(s30, x3, b0); s31 = madd<f32>(s31, x3, b1);
  }
  v128.store(c, s00); v128.store(c, s01, 16); v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16); v128.store(c3, s30); v128.store(c3, s31, 16);
}

/** The number of rows that are packed at a time, so that they fit into the second-level cache. */
const BLOCK: i32 = 256;

export function multiplyTransposed(
  a: usize, lda: usize, b: usize, ldb: usize, c: usize, ldc: usize, M: i32, K: i32, N: i32, scratch: usize,
): void {
  a <<= 2; b <<= 2; c <<= 2; scratch <<= 2;
  lda <<= 2; ldb <<= 2; ldc <<= 2;
  for (let from = 0; from < M; from += BLOCK) {
    const rows = min(BLOCK, M - from);
    let packed = scratch;
    for (let k = 0; k < K; k += 4) {
      let source = a + (<usize>from) * lda + ((<usize>k) << 2);
      for (let m = 0; m < rows; m++) { v128.store(packed, v128.load(source)); source += lda; packed += 16; }
    }
    for (let n = 0; n < N; n += 8) {
      packPanel(b + (<usize>from) * ldb + ((<usize>n) << 2), ldb, packed, rows);
      let column = scratch, target = c + ((<usize>n) << 2);
      for (let k = 0; k < K; k += 4) {
        transposedTile(rows, column, packed, target, ldc);
        column += (<usize>rows) << 4; target += 4 * ldc;
      }
    }
  }
}
