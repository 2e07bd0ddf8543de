// One time step of each recurrent cell, forward and backward. A step has `rows` rows, one a sentence; the first
// `beforeRows` of them have a step before it. ld... are distances between rows, in numbers. H is a multiple of 4.

import { one, sigmoid4, tanh4 } from './elementary';
import { multiply } from './product';

/** h = tanh(h + before · W) */
export function elmanForward(
  before: usize, beforeRows: i32, panels: usize, h: usize, rows: i32, ld: usize, H: i32,
): void {
  if (beforeRows > 0) multiply(before, ld, panels, h, ld, beforeRows, H, H);
  const bytes = (<usize>H) << 2;
  for (let r = 0; r < rows; r++) {
    let j: usize = 0;
    for (; j + 64 <= bytes; j += 64) {
      const x = h + j;
      const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48);
      v128.store(x, tanh4(x0)); v128.store(x, tanh4(x1), 16); v128.store(x, tanh4(x2), 32); v128.store(x, tanh4(x3), 48);
    }
    for (; j < bytes; j += 16) v128.store(h + j, tanh4(v128.load(h + j)));
    h += ld << 2;
  }
}

/** dh *= 1 - h²; dBefore += dh · Wᵀ */
export function elmanBackward(
  h: usize, dh: usize, rows: i32, ld: usize, panels: usize, dBefore: usize, beforeRows: i32, H: i32,
): void {
  const bytes = (<usize>H) << 2;
  let y = h, dy = dh;
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const v = v128.load(y + j);
      v128.store(dy + j, f32x4.mul(v128.load(dy + j), f32x4.sub(one(), f32x4.mul(v, v))));
    }
    y += ld << 2; dy += ld << 2;
  }
  if (beforeRows > 0) multiply(dh, ld, panels, dBefore, ld, beforeRows, H, H);
}

/**
 * z (rows, 4H: input, forget, candidate, output) += before · W, then the gates in place;
 * c = f · cBefore + i · g; tanhC = tanh(c); h = o · tanhC
 */
export function lstmForward(
  hBefore: usize, cBefore: usize, beforeRows: i32, panels: usize, z: usize, ldz: usize,
  c: usize, tanhC: usize, h: usize, ld: usize, rows: i32, H: i32,
): void {
  if (beforeRows > 0) multiply(hBefore, ld, panels, z, ldz, beforeRows, H, 4 * H);
  const bytes = (<usize>H) << 2;
  ld <<= 2; ldz <<= 2;
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const gate = z + j;
      const i = sigmoid4(v128.load(gate)), f = sigmoid4(v128.load(gate + bytes));
      const g = tanh4(v128.load(gate + 2 * bytes)), o = sigmoid4(v128.load(gate + 3 * bytes));
      const earlier = r < beforeRows ? v128.load(cBefore + j) : f32x4.splat(0);
      const cell = f32x4.add(f32x4.mul(f, earlier), f32x4.mul(i, g));
      const t = tanh4(cell);
      v128.store(gate, i); v128.store(gate + bytes, f); v128.store(gate + 2 * bytes, g); v128.store(gate + 3 * bytes, o);
      v128.store(c + j, cell); v128.store(tanhC + j, t); v128.store(h + j, f32x4.mul(o, t));
    }
    z += ldz; cBefore += ld; c += ld; tanhC += ld; h += ld;
  }
}

/** z becomes its gradient; dcBefore = the gradient by cBefore; dhBefore += dz · Wᵀ */
export function lstmBackward(
  z: usize, ldz: usize, cBefore: usize, beforeRows: i32, tanhC: usize, dh: usize, dc: usize, ld: usize, rows: i32,
  panels: usize, dhBefore: usize, dcBefore: usize, H: i32,
): void {
  const bytes = (<usize>H) << 2;
  const ldBytes = ld << 2, ldzBytes = ldz << 2;
  let gates = z;
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const gate = gates + j;
      const i = v128.load(gate), f = v128.load(gate + bytes), g = v128.load(gate + 2 * bytes), o = v128.load(gate + 3 * bytes);
      const t = v128.load(tanhC + j), d = v128.load(dh + j);
      const earlier = r < beforeRows ? v128.load(cBefore + j) : f32x4.splat(0);
      const dCell = f32x4.add(v128.load(dc + j), f32x4.mul(f32x4.mul(d, o), f32x4.sub(one(), f32x4.mul(t, t))));
      v128.store(gate, f32x4.mul(f32x4.mul(dCell, g), f32x4.mul(i, f32x4.sub(one(), i))));
      v128.store(gate + bytes, f32x4.mul(f32x4.mul(dCell, earlier), f32x4.mul(f, f32x4.sub(one(), f))));
      v128.store(gate + 2 * bytes, f32x4.mul(f32x4.mul(dCell, i), f32x4.sub(one(), f32x4.mul(g, g))));
      v128.store(gate + 3 * bytes, f32x4.mul(f32x4.mul(d, t), f32x4.mul(o, f32x4.sub(one(), o))));
      if (r < beforeRows) v128.store(dcBefore + j, f32x4.mul(dCell, f));
    }
    gates += ldzBytes; cBefore += ldBytes; tanhC += ldBytes; dh += ldBytes; dc += ldBytes; dcBefore += ldBytes;
  }
  if (beforeRows > 0) multiply(z, ldz, panels, dhBefore, ld, beforeRows, 4 * H, H);
}

/**
 * z (rows, 3H: reset, update, candidate) and u (rows, H), which holds the candidate's recurrent bias:
 * r, s = σ(z + before · Wg); u += before · Wn; n = tanh(zn + r · u); h = (1 - s) · n + s · before
 */
export function gruForward(
  before: usize, beforeRows: i32, gatePanels: usize, candidatePanels: usize, z: usize, ldz: usize,
  u: usize, h: usize, ld: usize, rows: i32, H: i32,
): void {
  if (beforeRows > 0) {
    multiply(before, ld, gatePanels, z, ldz, beforeRows, H, 2 * H);
    multiply(before, ld, candidatePanels, u, ld, beforeRows, H, H);
  }
  const bytes = (<usize>H) << 2;
  ld <<= 2; ldz <<= 2;
  for (let row = 0; row < rows; row++) {
    // Both gates first: a processor then has more sums to go on with than if each candidate waited for its gate.
    for (let j: usize = 0; j < 2 * bytes; j += 32) {
      const gate = z + j;
      const g0 = v128.load(gate), g1 = v128.load(gate, 16);
      v128.store(gate, sigmoid4(g0)); v128.store(gate, sigmoid4(g1), 16);
    }
    for (let j: usize = 0; j < bytes; j += 16) {
      const gate = z + j;
      const r = v128.load(gate), s = v128.load(gate + bytes);
      const n = tanh4(f32x4.add(v128.load(gate + 2 * bytes), f32x4.mul(r, v128.load(u + j))));
      const earlier = row < beforeRows ? v128.load(before + j) : f32x4.splat(0);
      v128.store(gate + 2 * bytes, n);
      v128.store(h + j, f32x4.add(f32x4.mul(f32x4.sub(one(), s), n), f32x4.mul(s, earlier)));
    }
    z += ldz; u += ld; before += ld; h += ld;
  }
}

/** z and u become their gradients; dBefore += dh · s + dz · Wgᵀ + du · Wnᵀ */
export function gruBackward(
  z: usize, ldz: usize, u: usize, before: usize, beforeRows: i32, dh: usize, ld: usize, rows: i32,
  gatePanels: usize, candidatePanels: usize, dBefore: usize, H: i32,
): void {
  const bytes = (<usize>H) << 2;
  const ldBytes = ld << 2, ldzBytes = ldz << 2;
  let gates = z, recurrent = u, target = dBefore;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const gate = gates + j;
      const r = v128.load(gate), s = v128.load(gate + bytes), n = v128.load(gate + 2 * bytes);
      const d = v128.load(dh + j);
      const earlier = row < beforeRows ? v128.load(before + j) : f32x4.splat(0);
      const dn = f32x4.mul(f32x4.mul(d, f32x4.sub(one(), s)), f32x4.sub(one(), f32x4.mul(n, n)));
      v128.store(gate, f32x4.mul(f32x4.mul(dn, v128.load(recurrent + j)), f32x4.mul(r, f32x4.sub(one(), r))));
      v128.store(gate + bytes, f32x4.mul(f32x4.mul(d, f32x4.sub(earlier, n)), f32x4.mul(s, f32x4.sub(one(), s))));
      v128.store(gate + 2 * bytes, dn);
      v128.store(recurrent + j, f32x4.mul(dn, r));
      if (row < beforeRows) v128.store(target + j, f32x4.add(v128.load(target + j), f32x4.mul(d, s)));
    }
    gates += ldzBytes; recurrent += ldBytes; before += ldBytes; dh += ldBytes; target += ldBytes;
  }
  if (beforeRows > 0) {
    multiply(z, ldz, gatePanels, dBefore, ld, beforeRows, 2 * H, H);
    multiply(u, ld, candidatePanels, dBefore, ld, beforeRows, H, H);
  }
}
