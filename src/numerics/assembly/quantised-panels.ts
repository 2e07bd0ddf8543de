// Matrices of numbers of 16 bits, as products read them, made of floats. Four columns are rounded at a time.

/** The number of digits of the largest whole number after its first. */
const DIGITS = 14;

/** Returns 2 to the power of a whole number from -126 to 127. */
@inline
export function power(exponent: i32): f64 { return reinterpret<f64>(<i64>(1023 + exponent) << 52); }

/** Does what `smallestExponent` in ../bytes.ts does, where `most` has so many binary digits after its first. */
export function smallestExponent(largest: f32, digits: i32): i32 {
  if (<f64>largest * power(126) < 0.5) return 0;
  const exponent = max(-126, <i32>((reinterpret<u32>(largest) >> 23) & 0xff) - 127 - digits);
  return <f64>largest * power(-exponent) >= power(digits + 1) - 0.5 ? exponent + 1 : exponent;
}

/** Returns the smallest exponent with which the sum of a column's absolute values may be at most `mostSum`. */
function firstExponent(largest: f32, sum: f64, K: i32, mostSum: i32): i32 {
  let exponent = smallestExponent(largest, DIGITS);
  while (sum * power(-exponent) - <f64>K / 2 > <f64>mostSum) exponent++;
  return exponent;
}

/** Returns the nearest whole numbers of 32 bits, halves up. Adding one half first would round another time. */
@inline
export function round4(x: v128): v128 {
  const floor = f32x4.floor(x);
  return i32x4.sub(i32x4.trunc_sat_f32x4_s(floor), f32x4.ge(f32x4.sub(x, floor), f32x4.splat(0.5)));
}

/** Writes four columns, divided by 2 to the power of their exponents and rounded; returns the sums of their absolute values. */
function roundColumns(b: usize, ldb: usize, panel: usize, K: i32, exponents: v128): v128 {
  const factors = i32x4.shl(i32x4.sub(i32x4.splat(127), exponents), 23);
  const lowHalf = i32x4.splat(0xffff);
  let sums = i32x4.splat(0);
  for (let k = 0; k < K; k += 2) {
    const low = round4(f32x4.mul(v128.load(b), factors)), high = round4(f32x4.mul(v128.load(b + ldb), factors));
    sums = i32x4.add(sums, i32x4.add(i32x4.abs(low), i32x4.abs(high)));
    v128.store(panel, v128.or(v128.and(low, lowHalf), i32x4.shl(high, 16)));
    b += 2 * ldb; panel += 32;
  }
  return sums;
}

@inline
function storeScale(scales: usize, exponent: i32, factor: i32): void {
  store<f32>(scales, <f32>(power(exponent) / <f64>factor));
}

function packColumns(b: usize, ldb: usize, panel: usize, scales: usize, K: i32, factor: i32): void {
  const mostSum = <i32>0x7fffffff / factor;
  let most = f32x4.splat(0), low = f64x2.splat(0), high = low, row = b;
  for (let k = 0; k < K; k++) {
    const size = f32x4.abs(v128.load(row));
    most = f32x4.pmax(most, size);
    low = f64x2.add(low, f64x2.promote_low_f32x4(size));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(size, size, 2, 3, 2, 3)));
    row += ldb;
  }
  let exponents = i32x4.splat(firstExponent(f32x4.extract_lane(most, 0), f64x2.extract_lane(low, 0), K, mostSum));
  exponents = i32x4.replace_lane(exponents, 1, firstExponent(f32x4.extract_lane(most, 1), f64x2.extract_lane(low, 1), K, mostSum));
  exponents = i32x4.replace_lane(exponents, 2, firstExponent(f32x4.extract_lane(most, 2), f64x2.extract_lane(high, 0), K, mostSum));
  exponents = i32x4.replace_lane(exponents, 3, firstExponent(f32x4.extract_lane(most, 3), f64x2.extract_lane(high, 1), K, mostSum));
  for (;;) {
    const over = i32x4.gt_s(roundColumns(b, ldb, panel, K, exponents), i32x4.splat(mostSum));
    if (!v128.any_true(over)) break;
    exponents = i32x4.sub(exponents, over);
  }
  storeScale(scales, i32x4.extract_lane(exponents, 0), factor);
  storeScale(scales + 4, i32x4.extract_lane(exponents, 1), factor);
  storeScale(scales + 8, i32x4.extract_lane(exponents, 2), factor);
  storeScale(scales + 12, i32x4.extract_lane(exponents, 3), factor);
}

export function packQuantised(b: usize, panels: usize, scales: usize, K: i32, N: i32, factor: i32): void {
  b <<= 2; panels <<= 2; scales <<= 2;
  const ldb = (<usize>N) << 2, size = (<usize>K) << 4;
  for (let n = 0; n < N; n += 8) {
    packColumns(b, ldb, panels, scales, K, factor);
    packColumns(b + 16, ldb, panels + 16, scales + 16, K, factor);
    b += 32; panels += size; scales += 32;
  }
}
