// The sums of products for 1 to 4 rows and 8 columns, which stay in registers. T is f32 for floats, whose sums start with what the
// target holds, or i16 for pairs of numbers of 16 bits, whose whole sums begin at 0 and are scaled when they are added to the target.

/** The bytes of a step through a panel of 8 columns: a row of floats, or two of numbers of 16 bits. */
export const STEP: usize = 32;

/** Returns sum + x · w. Of floats, the product is rounded first: a fused operation would give other bits. */
@inline
export function madd<T>(sum: v128, x: v128, w: v128): v128 {
  return isFloat<T>() ? f32x4.add(sum, f32x4.mul(x, w)) : i32x4.add(sum, i32x4.dot_i16x8_s(x, w));
}

/** Returns x + scale · sum, four numbers each. */
@inline
export function withScaled(x: v128, sum: v128, scale: v128): v128 {
  return f32x4.add(x, f32x4.mul(f32x4.convert_i32x4_s(sum), scale));
}

/** target (4) += scale · sum */
@inline
export function addScaled(target: usize, sum: v128, scale: v128): void {
  v128.store(target, withScaled(v128.load(target), sum, scale));
}

/**
 * c (rows, 8) += a (rows, K) · one panel, for 1 to 4 rows; of pairs, += scales (8) · (a · the panel), with K a multiple of 4.
 * `rows` and T are constants at each call, so that the compiler removes what is not used.
 *
 * The branch `if (panel == 0) break` between the two unrolled steps is never taken, since no panel has address 0. It
 * changes no result: it only keeps V8 11 (Node 20) from moving the loads of the second step in front of the first, for
 * which it would need more vector registers than there are. Without it the product runs at about half the speed.
 */
@inline
export function tile<T>(rows: i32, K: i32, a: usize, lda: usize, panel: usize, scales: usize, c: usize, ldc: usize): void {
  // Only floats need the target's rows before the sums and after them.
  const c1 = isFloat<T>() ? c + ldc : 0, c2 = isFloat<T>() ? c1 + ldc : 0, c3 = isFloat<T>() ? c2 + ldc : 0;
  let a0 = a, a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
  let s00 = isFloat<T>() ? v128.load(c) : i32x4.splat(0), s01 = isFloat<T>() ? v128.load(c, 16) : s00;
  let s10 = s00, s11 = s01, s20 = s00, s21 = s01, s30 = s00, s31 = s01;
  if (isFloat<T>()) {
    if (rows > 1) { s10 = v128.load(c1); s11 = v128.load(c1, 16); }
    if (rows > 2) { s20 = v128.load(c2); s21 = v128.load(c2, 16); }
    if (rows > 3) { s30 = v128.load(c3); s31 = v128.load(c3, 16); }
  }
  let k = K;
  while (isFloat<T>() ? k >= 2 : k > 0) {
    {
      const b0 = v128.load(panel), b1 = v128.load(panel, 16);
      const x0 = v128.load32_splat(a0);
      s00 = madd<T>(s00, x0, b0); s01 = madd<T>(s01, x0, b1);
      if (rows > 1) { const x1 = v128.load32_splat(a1); s10 = madd<T>(s10, x1, b0); s11 = madd<T>(s11, x1, b1); }
      if (rows > 2) { const x2 = v128.load32_splat(a2); s20 = madd<T>(s20, x2, b0); s21 = madd<T>(s21, x2, b1); }
      if (rows > 3) { const x3 = v128.load32_splat(a3); s30 = madd<T>(s30, x3, b0); s31 = madd<T>(s31, x3, b1); }
    }
    if (panel == 0) break;
    {
      const b0 = v128.load(panel, 32), b1 = v128.load(panel, 48);
      const x0 = v128.load32_splat(a0, 4);
      s00 = madd<T>(s00, x0, b0); s01 = madd<T>(s01, x0, b1);
      if (rows > 1) { const x1 = v128.load32_splat(a1, 4); s10 = madd<T>(s10, x1, b0); s11 = madd<T>(s11, x1, b1); }
      if (rows > 2) { const x2 = v128.load32_splat(a2, 4); s20 = madd<T>(s20, x2, b0); s21 = madd<T>(s21, x2, b1); }
      if (rows > 3) { const x3 = v128.load32_splat(a3, 4); s30 = madd<T>(s30, x3, b0); s31 = madd<T>(s31, x3, b1); }
    }
    panel += 2 * STEP;
    a0 += 8;
    if (rows > 1) a1 += 8;
    if (rows > 2) a2 += 8;
    if (rows > 3) a3 += 8;
    k -= isFloat<T>() ? 2 : 4;
  }
  if (isFloat<T>()) {
    if (k > 0) {
      const b0 = v128.load(panel), b1 = v128.load(panel, 16);
      const x0 = v128.load32_splat(a0);
      s00 = madd<T>(s00, x0, b0); s01 = madd<T>(s01, x0, b1);
      if (rows > 1) { const x1 = v128.load32_splat(a1); s10 = madd<T>(s10, x1, b0); s11 = madd<T>(s11, x1, b1); }
      if (rows > 2) { const x2 = v128.load32_splat(a2); s20 = madd<T>(s20, x2, b0); s21 = madd<T>(s21, x2, b1); }
      if (rows > 3) { const x3 = v128.load32_splat(a3); s30 = madd<T>(s30, x3, b0); s31 = madd<T>(s31, x3, b1); }
    }
    v128.store(c, s00); v128.store(c, s01, 16);
    if (rows > 1) { v128.store(c1, s10); v128.store(c1, s11, 16); }
    if (rows > 2) { v128.store(c2, s20); v128.store(c2, s21, 16); }
    if (rows > 3) { v128.store(c3, s30); v128.store(c3, s31, 16); }
  } else {
    const f0 = v128.load(scales), f1 = v128.load(scales, 16);
    addScaled(c, s00, f0); addScaled(c + 16, s01, f1);
    if (rows > 1) { c += ldc; addScaled(c, s10, f0); addScaled(c + 16, s11, f1); }
    if (rows > 2) { c += ldc; addScaled(c, s20, f0); addScaled(c + 16, s21, f1); }
    if (rows > 3) { c += ldc; addScaled(c, s30, f0); addScaled(c + 16, s31, f1); }
  }
}
