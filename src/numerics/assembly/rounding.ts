// Weights rounded in place, as checkpoints store them.
import { power, round4, smallestExponent } from './quantised-panels';

/** Rounds four numbers to whole ones times 2 to the power of exponents. */
@inline
function rounded(x: v128, exponents: v128): v128 {
  const whole = round4(f32x4.mul(x, powers(i32x4.neg(exponents))));
  return f32x4.mul(f32x4.convert_i32x4_s(whole), powers(exponents));
}

/** Returns 2 to the power of whole numbers from -126 to 127. */
@inline
function powers(exponents: v128): v128 { return i32x4.shl(i32x4.add(i32x4.splat(127), exponents), 23); }

@inline
function largestOf(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<i32>(x, x, 2, 3, 2, 3));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

export function roundRows(x: usize, M: i32, N: i32, digits: i32): void {
  x <<= 2;
  const whole = N & ~3;
  for (let m = 0; m < M; m++) {
    let most = f32x4.splat(0), last: f32 = 0;
    for (let n = 0; n < whole; n += 4) most = f32x4.pmax(most, f32x4.abs(v128.load(x + (<usize>n << 2))));
    for (let n = whole; n < N; n++) last = max(last, abs(load<f32>(x + (<usize>n << 2))));
    const exponents = i32x4.splat(smallestExponent(max(largestOf(most), last), digits));
    for (let n = 0; n < whole; n += 4) {
      const place = x + (<usize>n << 2);
      v128.store(place, rounded(v128.load(place), exponents));
    }
    for (let n = whole; n < N; n++) {
      const place = x + (<usize>n << 2);
      store<f32>(place, f32x4.extract_lane(rounded(v128.load32_zero(place), exponents), 0));
    }
    x += <usize>N << 2;
  }
}

export function roundColumns(x: usize, M: i32, N: i32, digits: i32): void {
  x <<= 2;
  const ld = <usize>N << 2, end = x + <usize>M * ld;
  for (let n = 0; n < N; n += 4) {
    let most = f32x4.splat(0);
    for (let place = x; place < end; place += ld) most = f32x4.pmax(most, f32x4.abs(v128.load(place)));
    let exponents = i32x4.splat(smallestExponent(f32x4.extract_lane(most, 0), digits));
    exponents = i32x4.replace_lane(exponents, 1, smallestExponent(f32x4.extract_lane(most, 1), digits));
    exponents = i32x4.replace_lane(exponents, 2, smallestExponent(f32x4.extract_lane(most, 2), digits));
    exponents = i32x4.replace_lane(exponents, 3, smallestExponent(f32x4.extract_lane(most, 3), digits));
    for (let place = x; place < end; place += ld) v128.store(place, rounded(v128.load(place), exponents));
    x += 16;
  }
}
