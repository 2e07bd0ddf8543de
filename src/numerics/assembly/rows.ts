// Rows of tables and of activations.

export function gather(table: usize, ids: usize, y: usize, ldy: usize, M: i32, N: i32): void {
  table <<= 2; ids <<= 2; y <<= 2;
  const bytes = (<usize>N) << 2;
  for (let m = 0; m < M; m++) {
    const row = table + (<usize>load<i32>(ids)) * bytes;
    for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, v128.load(row + j));
    y += ldy << 2; ids += 4;
  }
}

export function gatherAdd(table: usize, ids: usize, y: usize, ldy: usize, M: i32, N: i32): void {
  table <<= 2; ids <<= 2; y <<= 2;
  const bytes = (<usize>N) << 2;
  for (let m = 0; m < M; m++) {
    const row = table + (<usize>load<i32>(ids)) * bytes;
    for (let j: usize = 0; j < bytes; j += 16) v128.store(y + j, f32x4.add(v128.load(y + j), v128.load(row + j)));
    y += ldy << 2; ids += 4;
  }
}

export function sumGroups(x: usize, ldx: usize, from: usize, positions: usize, sums: usize, M: i32, N: i32): void {
  x <<= 2; ldx <<= 2; from <<= 2; positions <<= 2; sums <<= 2;
  const bytes = (<usize>N) << 2;
  memory.fill(sums, 0, (<usize>M) * bytes);
  for (let m = 0; m < M; m++) {
    const end = positions + ((<usize>load<i32>(from, 4)) << 2);
    for (let i = positions + ((<usize>load<i32>(from)) << 2); i < end; i += 4) {
      const row = x + (<usize>load<i32>(i)) * ldx;
      for (let j: usize = 0; j < bytes; j += 16) v128.store(sums + j, f32x4.add(v128.load(sums + j), v128.load(row + j)));
    }
    from += 4; sums += bytes;
  }
}

export function fillRows(bias: usize, y: usize, ldy: usize, M: i32, N: i32): void {
  bias <<= 2; y <<= 2;
  for (let m = 0; m < M; m++) {
    memory.copy(y, bias, (<usize>N) << 2);
    y += ldy << 2;
  }
}

export function addRowSums(x: usize, ldx: usize, sum: usize, M: i32, N: i32): void {
  x <<= 2; sum <<= 2;
  const bytes = (<usize>N) << 2;
  for (let m = 0; m < M; m++) {
    for (let j: usize = 0; j < bytes; j += 16) v128.store(sum + j, f32x4.add(v128.load(sum + j), v128.load(x + j)));
    x += ldx << 2;
  }
}

export function copyRows(x: usize, ldx: usize, y: usize, ldy: usize, M: i32, N: i32): void {
  x <<= 2; y <<= 2;
  for (let m = 0; m < M; m++) {
    memory.copy(y, x, (<usize>N) << 2);
    x += ldx << 2; y += ldy << 2;
  }
}

export function fill(x: usize, value: f32, n: i32): void {
  x <<= 2;
  const v = f32x4.splat(value);
  for (const end = x + ((<usize>n) << 2); x < end; x += 16) v128.store(x, v);
}

export function add(x: usize, y: usize, n: i32): void {
  x <<= 2; y <<= 2;
  for (const end = y + ((<usize>n) << 2); y < end; y += 16) {
    v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
    x += 16;
  }
}

export function dropout(x: usize, ldx: usize, keys: usize, rate: f32, M: i32, N: i32): void {
  x <<= 2; keys <<= 2;
  const bytes = (<usize>N) << 2;
  const threshold = i32x4.splat(<i32>Mathf.ceil(rate * 16777216));
  const factor = f32x4.splat(1 / (1 - rate));
  const stride = i32x4.splat(4);
  for (let m = 0; m < M; m++) {
    let counter = i32x4.add(i32x4.splat(load<i32>(keys)), i32x4(0, 1, 2, 3));
    for (let j: usize = 0; j < bytes; j += 16) {
      let h = counter;
      h = v128.xor(h, i32x4.shr_u(h, 16));
      h = i32x4.mul(h, i32x4.splat(0x85ebca6b));
      h = v128.xor(h, i32x4.shr_u(h, 13));
      h = i32x4.mul(h, i32x4.splat(0xc2b2ae35));
      h = v128.xor(h, i32x4.shr_u(h, 16));
      const kept = i32x4.ge_s(i32x4.shr_u(h, 8), threshold);
      v128.store(x + j, v128.and(f32x4.mul(v128.load(x + j), factor), kept));
      counter = i32x4.add(counter, stride);
    }
    x += ldx << 2; keys += 4;
  }
}
