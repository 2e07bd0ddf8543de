// exp and tanh of four numbers at once, with the same operations in the same order as in ../elementary.ts. Constants are
// loaded from memory, and pmin and pmax are used instead of min and max, because V8 compiles each of these to one
// instruction. With the operands in this order, pmin and pmax let NaN through.

const TABLE: usize = memory.data<f32>([
  -2.76076847742355e-16, -2.76076847742355e-16, -2.76076847742355e-16, -2.76076847742355e-16,
  2.00018790482477e-13, 2.00018790482477e-13, 2.00018790482477e-13, 2.00018790482477e-13,
  -8.60467152213735e-11, -8.60467152213735e-11, -8.60467152213735e-11, -8.60467152213735e-11,
  5.12229709037114e-8, 5.12229709037114e-8, 5.12229709037114e-8, 5.12229709037114e-8,
  1.48572235717979e-5, 1.48572235717979e-5, 1.48572235717979e-5, 1.48572235717979e-5,
  6.37261928875436e-4, 6.37261928875436e-4, 6.37261928875436e-4, 6.37261928875436e-4,
  4.89352455891786e-3, 4.89352455891786e-3, 4.89352455891786e-3, 4.89352455891786e-3,
  1.19825839466702e-6, 1.19825839466702e-6, 1.19825839466702e-6, 1.19825839466702e-6,
  1.18534705686654e-4, 1.18534705686654e-4, 1.18534705686654e-4, 1.18534705686654e-4,
  2.26843463243900e-3, 2.26843463243900e-3, 2.26843463243900e-3, 2.26843463243900e-3,
  4.89352518554385e-3, 4.89352518554385e-3, 4.89352518554385e-3, 4.89352518554385e-3,
  7.905311107635498, 7.905311107635498, 7.905311107635498, 7.905311107635498,
  -7.905311107635498, -7.905311107635498, -7.905311107635498, -7.905311107635498,
  -87.3, -87.3, -87.3, -87.3,
  88.3, 88.3, 88.3, 88.3,
  1.4426950408889634, 1.4426950408889634, 1.4426950408889634, 1.4426950408889634,
  12582912, 12582912, 12582912, 12582912,
  0.693359375, 0.693359375, 0.693359375, 0.693359375,
  -2.12194440e-4, -2.12194440e-4, -2.12194440e-4, -2.12194440e-4,
  1.987569150e-4, 1.987569150e-4, 1.987569150e-4, 1.987569150e-4,
  1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3, 1.3981999507e-3,
  8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3, 8.3334519073e-3,
  4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2, 4.1665795894e-2,
  1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1, 1.6666665459e-1,
  5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1, 5.0000001201e-1,
  1, 1, 1, 1,
  0.5, 0.5, 0.5, 0.5,
  5.1, 5.1, 5.1, 5.1,
  -5.1, -5.1, -5.1, -5.1,
  5.145496259451288e-2, 5.145496259451288e-2, 5.145496259451288e-2, 5.145496259451288e-2,
  8.085237008306486, 8.085237008306486, 8.085237008306486, 8.085237008306486,
  79.73045599902349, 79.73045599902349, 79.73045599902349, 79.73045599902349,
  34.61933450540659, 34.61933450540659, 34.61933450540659, 34.61933450540659,
  79.74730424771023, 79.74730424771023, 79.74730424771023, 79.74730424771023,
]);

@inline
function constant(index: usize): v128 {
  return v128.load(TABLE + 16 * index);
}

@inline
function step(sum: v128, x: v128, index: usize): v128 {
  return f32x4.add(f32x4.mul(sum, x), constant(index));
}

@inline
export function one(): v128 { return constant(25); }

@inline
export function tanh4(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, constant(12)), constant(11));
  const z = f32x4.mul(y, y);
  let p = constant(0);
  p = step(p, z, 1); p = step(p, z, 2); p = step(p, z, 3); p = step(p, z, 4); p = step(p, z, 5); p = step(p, z, 6);
  p = f32x4.mul(p, y);
  let q = constant(7);
  q = step(q, z, 8); q = step(q, z, 9); q = step(q, z, 10);
  return f32x4.div(p, q);
}

/** Returns 1 / (1 + exp(-x)), computed as 0.5 · tanh(0.5 · x) + 0.5. */
@inline
export function sigmoid4(x: v128): v128 {
  const half = constant(26);
  return f32x4.add(f32x4.mul(tanh4(f32x4.mul(x, half)), half), half);
}

/** Returns the hyperbolic tangent with an absolute error of 5e-5, by the operations of `shortTanh` in ../elementary.ts. */
@inline
export function shortTanh4(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, constant(28)), constant(27));
  const z = f32x4.mul(y, y);
  const p = step(step(constant(29), z, 30), z, 31);
  const q = step(f32x4.add(z, constant(32)), z, 33);
  return f32x4.div(f32x4.mul(p, y), q);
}

/** Returns 0.5 · shortTanh(0.5 · x) + 0.5. */
@inline
export function shortSigmoid4(x: v128): v128 {
  const half = constant(26);
  return f32x4.add(f32x4.mul(shortTanh4(f32x4.mul(x, half)), half), half);
}

/** Returns the nearest whole numbers, of 32 bits, halves to even, for numbers between -2^22 and 2^22. */
@inline
export function nearest4(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, constant(16)), i32x4.splat(0x4b400000));
}

@inline
export function exp4(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(x, constant(13)), constant(14));
  const shifted = f32x4.add(f32x4.mul(y, constant(15)), constant(16));
  const n = f32x4.sub(shifted, constant(16));
  const r = f32x4.sub(f32x4.sub(y, f32x4.mul(n, constant(17))), f32x4.mul(n, constant(18)));
  let p = constant(19);
  p = step(p, r, 20); p = step(p, r, 21); p = step(p, r, 22); p = step(p, r, 23); p = step(p, r, 24);
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), one());
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
  return f32x4.mul(p, power);
}

/** Returns the natural logarithm, with the same operations as in ../elementary.ts. */
export function log(x: f32): f32 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  const bits = reinterpret<i32>(x);
  let exponent = (bits >> 23) - 126;
  let mantissa = reinterpret<f32>((bits & 0x007fffff) | 0x3f000000);
  if (mantissa < <f32>0.7071067811865476) { exponent--; mantissa = mantissa + mantissa; }
  const y = mantissa - 1;
  const square = y * y;
  let p: f32 = 7.0376836292e-2;
  p = p * y + <f32>-1.1514610310e-1; p = p * y + <f32>1.1676998740e-1; p = p * y + <f32>-1.2420140846e-1;
  p = p * y + <f32>1.4249322787e-1; p = p * y + <f32>-1.6668057665e-1; p = p * y + <f32>2.0000714765e-1;
  p = p * y + <f32>-2.4999993993e-1; p = p * y + <f32>3.3333331174e-1;
  let tail: f32 = p * y * square;
  tail = tail + <f32>exponent * <f32>-2.12194440e-4;
  tail = tail - square * <f32>0.5;
  return y + tail + <f32>exponent * <f32>0.693359375;
}
