// One time step of the Elman cell, whose equations stand in src/layers/elman.ts.

import { one, tanh4 } from './elementary';
import { multiplyBytes } from './product';

export function elmanForward(
  before: usize, beforeRows: i32, panels: usize, h: usize, rows: i32, ld: usize, H: i32,
): void {
  before <<= 2; panels <<= 2; h <<= 2;
  if (beforeRows > 0) multiplyBytes(before, ld, panels, h, ld, beforeRows, H, H);
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

export function elmanBackward(
  h: usize, dh: usize, rows: i32, ld: usize, panels: usize, dBefore: usize, beforeRows: i32, H: i32,
): void {
  h <<= 2; dh <<= 2; panels <<= 2; dBefore <<= 2;
  const bytes = (<usize>H) << 2;
  let y = h, dy = dh;
  for (let r = 0; r < rows; r++) {
    for (let j: usize = 0; j < bytes; j += 16) {
      const v = v128.load(y + j);
      v128.store(dy + j, f32x4.mul(v128.load(dy + j), f32x4.sub(one(), f32x4.mul(v, v))));
    }
    y += ld << 2; dy += ld << 2;
  }
  if (beforeRows > 0) multiplyBytes(dh, ld, panels, dBefore, ld, beforeRows, H, H);
}
