// Probabilities and losses of the output layer. ld is a multiple of 4, and K <= ld.

import { exp4, log } from './elementary';

@inline
function maskOf(k: i32, K: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(k), i32x4(0, 1, 2, 3)), i32x4.splat(K));
}

/** The sum runs in four lanes (lane 0 adds the numbers 0, 4, 8, ...), which are added as ((0 + 1) + 2) + 3. */
export function softmax(x: usize, ld: usize, M: i32, K: i32): void {
  x <<= 2;
  const bytes = ld << 2;
  for (let m = 0; m < M; m++) {
    let largest = load<f32>(x);
    for (let k = 1; k < K; k++) {
      const value = load<f32>(x + ((<usize>k) << 2));
      if (value > largest) largest = value;
    }
    const shift = f32x4.splat(largest);
    let sums = f32x4.splat(0);
    for (let j: usize = 0; j < bytes; j += 16) {
      const e = v128.and(exp4(f32x4.sub(v128.load(x + j), shift)), maskOf(<i32>(j >> 2), K));
      v128.store(x + j, e);
      sums = f32x4.add(sums, e);
    }
    const sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
    const inverse = f32x4.splat(1 / sum);
    for (let j: usize = 0; j < bytes; j += 16) {
      v128.store(x + j, v128.and(f32x4.mul(v128.load(x + j), inverse), maskOf(<i32>(j >> 2), K)));
    }
    x += bytes;
  }
}

export function crossEntropy(p: usize, ld: usize, targets: usize, losses: usize, M: i32): void {
  p <<= 2; targets <<= 2; losses <<= 2;
  for (let m = 0; m < M; m++) {
    store<f32>(losses, -log(load<f32>(p + ((<usize>load<i32>(targets)) << 2))));
    p += ld << 2; targets += 4; losses += 4;
  }
}

export function crossEntropyBackward(p: usize, ld: usize, targets: usize, factor: f32, M: i32): void {
  p <<= 2; targets <<= 2;
  const bytes = ld << 2;
  const factors = f32x4.splat(factor);
  for (let m = 0; m < M; m++) {
    const target = p + ((<usize>load<i32>(targets)) << 2);
    store<f32>(target, load<f32>(target) - 1);
    for (let j: usize = 0; j < bytes; j += 16) v128.store(p + j, f32x4.mul(v128.load(p + j), factors));
    p += bytes; targets += 4;
  }
}

/** Tells whether a target allows a tag: itself, or -1 - s the tags of row s of sets, whose rows have `bytes` bytes. */
@inline
export function isAllowedBy(target: i32, k: i32, sets: usize, bytes: usize): bool {
  return target < 0 ? load<f32>(sets + <usize>(-1 - target) * bytes + ((<usize>k) << 2)) != 0 : k == target;
}

export function crossEntropyOfSets(
  p: usize, ld: usize, targets: usize, sets: usize, losses: usize, factor: f32, M: i32, K: i32,
): void {
  p <<= 2; targets <<= 2; sets <<= 2; losses <<= 2;
  const bytes = ld << 2;
  for (let m = 0; m < M; m++) {
    const target = load<i32>(targets);
    let count = 0;
    let sum: f32 = 0;
    for (let k = 0; k < K; k++) {
      if (!isAllowedBy(target, k, sets, bytes)) continue;
      count++;
      sum += load<f32>(p + ((<usize>k) << 2));
    }
    const isOpen = target < 0 && count == K;
    store<f32>(losses, isOpen ? 0 : -log(sum));
    for (let k = 0; k < <i32>ld; k++) {
      const place = p + ((<usize>k) << 2);
      const own = load<f32>(place);
      const among: f32 = k < K && isAllowedBy(target, k, sets, bytes) ? own / sum : 0;
      store<f32>(place, isOpen ? 0 : factor * (own - among));
    }
    p += bytes; targets += 4; losses += 4;
  }
}

export function argmax(x: usize, ld: usize, best: usize, M: i32, K: i32): void {
  x <<= 2; best <<= 2;
  for (let m = 0; m < M; m++) {
    let largest = load<f32>(x), place = 0;
    for (let k = 1; k < K; k++) {
      const value = load<f32>(x + ((<usize>k) << 2));
      if (value > largest) { largest = value; place = k; }
    }
    store<i32>(best, place);
    x += ld << 2; best += 4;
  }
}
