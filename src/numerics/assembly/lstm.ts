// One time step of the LSTM, whose equations stand in src/layers/lstm.ts.

import { one, sigmoid4, tanh4 } from './elementary';
import { multiplyBytes } from './product';

export function lstmForward(
  hBefore: usize, cBefore: usize, beforeRows: i32, panels: usize, z: usize, ldz: usize,
  c: usize, tanhC: usize, h: usize, ld: usize, rows: i32, H: i32,
): void {
  hBefore <<= 2; cBefore <<= 2; panels <<= 2; z <<= 2; c <<= 2; tanhC <<= 2; h <<= 2;
  if (beforeRows > 0) multiplyBytes(hBefore, ld, panels, z, ldz, beforeRows, H, 4 * H);
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
  z <<= 2; cBefore <<= 2; tanhC <<= 2; dh <<= 2; dc <<= 2; panels <<= 2; dhBefore <<= 2; dcBefore <<= 2;
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
  if (beforeRows > 0) multiplyBytes(z, ldz, panels, dhBefore, ld, beforeRows, 4 * H, H);
}
