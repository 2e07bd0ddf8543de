// Numbers of 16 bits, with which tagging computes. They lie in pairs: one number of the memory holds two of them, the first in its
// lower half, and vectors of four pairs meet vectors of four columns in one instruction, i32x4.dot_i16x8_s. Sums are whole
// numbers of 32 bits and therefore exact, so that no order needs to be specified.

import { nearest4, one, shortSigmoid4, shortTanh4 } from './elementary';
import { addScaled, madd, STEP, tile, withScaled } from './tiles';

function tile1(K: i32, a: usize, lda: usize, panel: usize, scales: usize, c: usize, ldc: usize): void { tile<i16>(1, K, a, lda, panel, scales, c, ldc); }
function tile2(K: i32, a: usize, lda: usize, panel: usize, scales: usize, c: usize, ldc: usize): void { tile<i16>(2, K, a, lda, panel, scales, c, ldc); }
function tile3(K: i32, a: usize, lda: usize, panel: usize, scales: usize, c: usize, ldc: usize): void { tile<i16>(3, K, a, lda, panel, scales, c, ldc); }
function tile4(K: i32, a: usize, lda: usize, panel: usize, scales: usize, c: usize, ldc: usize): void { tile<i16>(4, K, a, lda, panel, scales, c, ldc); }

/** c (32) += scales (32) · (a (K) · four panels), for a single row: four panels at once give it as many sums as a tile has. */
function row32(K: i32, a: usize, panels: usize, scales: usize, c: usize): void {
  const size = (<usize>K) << 4;
  let p0 = panels, p1 = p0 + size, p2 = p1 + size, p3 = p2 + size;
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  for (let k = K; k > 0; k -= 2) {
    const x = v128.load32_splat(a);
    s0 = madd<i16>(s0, x, v128.load(p0)); s1 = madd<i16>(s1, x, v128.load(p0, 16));
    s2 = madd<i16>(s2, x, v128.load(p1)); s3 = madd<i16>(s3, x, v128.load(p1, 16));
    s4 = madd<i16>(s4, x, v128.load(p2)); s5 = madd<i16>(s5, x, v128.load(p2, 16));
    s6 = madd<i16>(s6, x, v128.load(p3)); s7 = madd<i16>(s7, x, v128.load(p3, 16));
    a += 4; p0 += STEP; p1 += STEP; p2 += STEP; p3 += STEP;
  }
  addScaled(c, s0, v128.load(scales)); addScaled(c + 16, s1, v128.load(scales, 16));
  addScaled(c + 32, s2, v128.load(scales, 32)); addScaled(c + 48, s3, v128.load(scales, 48));
  addScaled(c + 64, s4, v128.load(scales, 64)); addScaled(c + 80, s5, v128.load(scales, 80));
  addScaled(c + 96, s6, v128.load(scales, 96)); addScaled(c + 112, s7, v128.load(scales, 112));
}

export function multiplyQuantised(
  a: usize, lda: usize, panels: usize, scales: usize, c: usize, ldc: usize, M: i32, K: i32, N: i32,
): void {
  a <<= 2; panels <<= 2; scales <<= 2; c <<= 2;
  lda <<= 2; ldc <<= 2;
  const size = (<usize>K) << 4;
  let n = N;
  if (M == 1) while (n >= 32) { row32(K, a, panels, scales, c); panels += 4 * size; scales += 128; c += 128; n -= 32; }
  for (; n > 0; n -= 8) {
    let row = a, target = c, m = M;
    for (; m >= 4; m -= 4) { tile4(K, row, lda, panels, scales, target, ldc); row += 4 * lda; target += 4 * ldc; }
    if (m == 3) tile3(K, row, lda, panels, scales, target, ldc);
    else if (m == 2) tile2(K, row, lda, panels, scales, target, ldc);
    else if (m == 1) tile1(K, row, lda, panels, scales, target, ldc);
    panels += size; scales += 32; c += 32;
  }
}

/** Returns the largest number of a row, as an absolute value. */
@inline
function largestOf(x: usize, bytes: usize): f32 {
  let most = f32x4.splat(0);
  for (let j: usize = 0; j < bytes; j += 16) most = f32x4.pmax(most, f32x4.abs(v128.load(x + j)));
  return max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
}

/** Stores 8 numbers, rounded to the nearest whole numbers of 16 bits. */
@inline
function storeRounded(q: usize, low: v128, high: v128): void {
  v128.store(q, i16x8.narrow_i32x4_s(nearest4(low), nearest4(high)));
}

export function quantiseRows(
  x: usize, ldx: usize, q: usize, ldq: usize, scales: usize, largest: f32, M: i32, N: i32,
): void {
  x <<= 2; q <<= 2; scales <<= 2;
  const bytes = (<usize>N) << 2;
  for (let m = 0; m < M; m++) {
    const most = largestOf(x, bytes);
    const isZero = most < <f32>1e-30;
    store<f32>(scales, isZero ? <f32>0 : most / largest);
    const factor = f32x4.splat(isZero ? <f32>0 : largest / most);
    for (let j: usize = 0; j < bytes; j += 32)
      storeRounded(q + (j >> 1), f32x4.mul(v128.load(x + j), factor), f32x4.mul(v128.load(x + j, 16), factor));
    x += ldx << 2; q += ldq << 2; scales += 4;
  }
}

export function gatherAddQuantised(
  x: usize, ldx: usize, table: usize, ldt: usize, scales: usize, ids: usize, y: usize, ldy: usize, M: i32, N: i32,
): void {
  x <<= 2; table <<= 2; scales <<= 2; ids <<= 2; y <<= 2;
  const bytes = (<usize>N) << 2;
  for (let m = 0; m < M; m++) {
    const id: usize = load<i32>(ids);
    const scale = v128.load32_splat(scales + (id << 2));
    const row = table + id * (ldt << 2);
    for (let j: usize = 0; j < bytes; j += 32) {
      const pairs = v128.load(row + (j >> 1));
      v128.store(y + j, withScaled(v128.load(x + j), i32x4.extend_low_i16x8_s(pairs), scale));
      v128.store(y + j + 16, withScaled(v128.load(x + j + 16), i32x4.extend_high_i16x8_s(pairs), scale));
    }
    x += ldx << 2; y += ldy << 2; ids += 4;
  }
}

export function elmanStates(z: usize, ldz: usize, q: usize, ldq: usize, factor: f32, rows: i32, H: i32): void {
  z <<= 2; q <<= 2;
  const bytes = (<usize>H) << 2;
  const f = f32x4.splat(factor);
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 32) {
      const h0 = shortTanh4(v128.load(z + j)), h1 = shortTanh4(v128.load(z + j, 16));
      storeRounded(q + (j >> 1), f32x4.mul(h0, f), f32x4.mul(h1, f));
    }
    z += ldz << 2; q += ldq << 2;
  }
}

/** c (4) = σ(f) · earlier + σ(i) · tanh(g); returns σ(o) · tanh(c). */
@inline
function lstmUnits(gate: usize, bytes: usize, earlier: v128, c: usize): v128 {
  const i = shortSigmoid4(v128.load(gate)), f = shortSigmoid4(v128.load(gate + bytes));
  const g = shortTanh4(v128.load(gate + 2 * bytes)), o = shortSigmoid4(v128.load(gate + 3 * bytes));
  const cell = f32x4.add(f32x4.mul(f, earlier), f32x4.mul(i, g));
  v128.store(c, cell);
  return f32x4.mul(o, shortTanh4(cell));
}

export function lstmStates(
  z: usize, ldz: usize, before: usize, beforeRows: i32, c: usize, ld: usize, q: usize, ldq: usize, factor: f32, rows: i32, H: i32,
): void {
  z <<= 2; before <<= 2; c <<= 2; q <<= 2;
  const bytes = (<usize>H) << 2;
  const f = f32x4.splat(factor);
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 32) {
      let e0 = f32x4.splat(0), e1 = e0;
      if (row < beforeRows) { e0 = v128.load(before + j); e1 = v128.load(before + j, 16); }
      const h0 = lstmUnits(z + j, bytes, e0, c + j), h1 = lstmUnits(z + j + 16, bytes, e1, c + j + 16);
      storeRounded(q + (j >> 1), f32x4.mul(h0, f), f32x4.mul(h1, f));
    }
    z += ldz << 2; before += ld << 2; c += ld << 2; q += ldq << 2;
  }
}

/** Returns (1 - s) · tanh(z + r · u) + s · earlier, four states of the GRU. */
@inline
function gruUnits(gate: usize, bytes: usize, u: usize, earlier: v128): v128 {
  const r = v128.load(gate), s = v128.load(gate + bytes);
  const n = shortTanh4(f32x4.add(v128.load(gate + 2 * bytes), f32x4.mul(r, v128.load(u))));
  return f32x4.add(f32x4.mul(f32x4.sub(one(), s), n), f32x4.mul(s, earlier));
}

export function gruStates(
  z: usize, ldz: usize, u: usize, before: usize, beforeRows: i32, h: usize, ld: usize, q: usize, ldq: usize, factor: f32, rows: i32, H: i32,
): void {
  z <<= 2; u <<= 2; before <<= 2; h <<= 2; q <<= 2;
  const bytes = (<usize>H) << 2;
  const f = f32x4.splat(factor);
  for (let row = 0; row < rows; row++) {
    // Both gates first: a processor then has more sums to go on with than if each candidate waited for its gate.
    for (let j: usize = 0; j < 2 * bytes; j += 64) {
      const gate = z + j;
      const g0 = v128.load(gate), g1 = v128.load(gate, 16), g2 = v128.load(gate, 32), g3 = v128.load(gate, 48);
      v128.store(gate, shortSigmoid4(g0)); v128.store(gate, shortSigmoid4(g1), 16);
      v128.store(gate, shortSigmoid4(g2), 32); v128.store(gate, shortSigmoid4(g3), 48);
    }
    for (let j: usize = 0; j < bytes; j += 32) {
      let e0 = f32x4.splat(0), e1 = e0;
      if (row < beforeRows) { e0 = v128.load(before + j); e1 = v128.load(before + j, 16); }
      const h0 = gruUnits(z + j, bytes, u + j, e0), h1 = gruUnits(z + j + 16, bytes, u + j + 16, e1);
      v128.store(h + j, h0); v128.store(h + j, h1, 16);
      storeRounded(q + (j >> 1), f32x4.mul(h0, f), f32x4.mul(h1, f));
    }
    z += ldz << 2; u += ld << 2; before += ld << 2; h += ld << 2; q += ldq << 2;
  }
}
