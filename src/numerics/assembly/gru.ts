// One time step of the GRU, whose equations stand in src/layers/gru.ts.

import { one, sigmoid4, tanh4 } from './elementary';
import { multiplyBytes } from './product';

export function gruForward(
  before: usize, beforeRows: i32, gatePanels: usize, candidatePanels: usize, z: usize, ldz: usize,
  u: usize, h: usize, ld: usize, rows: i32, H: i32,
): void {
  before <<= 2; gatePanels <<= 2; candidatePanels <<= 2; z <<= 2; u <<= 2; h <<= 2;
  if (beforeRows > 0) {
    multiplyBytes(before, ld, gatePanels, z, ldz, beforeRows, H, 2 * H);
    multiplyBytes(before, ld, candidatePanels, u, ld, beforeRows, H, H);
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
  z <<= 2; u <<= 2; before <<= 2; dh <<= 2; gatePanels <<= 2; candidatePanels <<= 2; dBefore <<= 2;
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
    multiplyBytes(z, ldz, gatePanels, dBefore, ld, beforeRows, 2 * H, H);
    multiplyBytes(u, ld, candidatePanels, dBefore, ld, beforeRows, H, H);
  }
}
