import { at } from './at.js';

/**
 * Functions of one number. Engines differ in the last bits of Math.exp, Math.log and Math.tanh. Single precision therefore
 * has polynomials of its own, made of additions, multiplications and divisions, which every engine rounds alike.
 */
export interface Elementary {
  /** Rounds to the precision of the computation. */
  round(x: number): number;
  exp(x: number): number;
  log(x: number): number;
  tanh(x: number): number;
}

/** Functions in double precision to check gradients with. They may differ between engines, and serve neither training nor tagging. */
export const doublePrecision: Elementary = {
  round: (x) => x,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
};

const f = Math.fround;

const EXP_LOW = f(-87.3);
const EXP_HIGH = f(88.3);
const LOG2_E = f(Math.LOG2E);
const LN2_HIGH = f(0.693359375);
const LN2_LOW = f(-2.1219444e-4);
const EXP_POLYNOMIAL = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
].map(f);

const TANH_LIMIT = f(7.905311107635498);
const TANH_NUMERATOR = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8, 1.48572235717979e-5,
  6.37261928875436e-4, 4.89352455891786e-3,
].map(f);
const TANH_DENOMINATOR = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3].map(f);

const SHORT_TANH_LIMIT = f(5.1);
const SHORT_TANH_NUMERATOR = [5.145496259451288e-2, 8.085237008306486, 79.73045599902349].map(f);
const SHORT_TANH_DENOMINATOR = [1, 34.61933450540659, 79.74730424771023].map(f);

const LOG_POLYNOMIAL = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
].map(f);
const SQRT_HALF = f(Math.SQRT1_2);

const bits = new DataView(new ArrayBuffer(4));

function fromBits(integer: number): number {
  bits.setInt32(0, integer);
  return bits.getFloat32(0);
}

/** Evaluates a polynomial by Horner's rule, the coefficient of the highest power first. */
function horner(coefficients: readonly number[], x: number): number {
  let sum = at(coefficients, 0);
  for (let index = 1; index < coefficients.length; index++) sum = f(f(sum * x) + at(coefficients, index));
  return sum;
}

/**
 * Computes the exponential as expf of Cephes (Moshier) does: x = n·ln 2 + r, a polynomial for e^r, times 2ⁿ. The relative
 * error is 2e-7 from -87.3 to 88.3; other arguments are clamped to that range.
 */
function exp(x: number): number {
  const clamped = Math.min(EXP_HIGH, Math.max(EXP_LOW, x));
  const n = nearestEven(f(clamped * LOG2_E));
  const r = f(f(clamped - f(n * LN2_HIGH)) - f(n * LN2_LOW));
  const tail = f(f(horner(EXP_POLYNOMIAL, r) * f(r * r)) + r);
  return f(f(tail + 1) * fromBits((n + 127) << 23));
}

/** Rounds to the nearest integer, halves to even, by adding 1.5 · 2²³, which has no fraction bits, as vector code does. */
export function nearestEven(x: number): number {
  return f(f(x + 12582912) - 12582912);
}

/** Computes the hyperbolic tangent by the rational approximation of Eigen's generic_fast_tanh_float; absolute error 4e-7. */
function tanh(x: number): number {
  const clamped = Math.min(TANH_LIMIT, Math.max(-TANH_LIMIT, x));
  const square = f(clamped * clamped);
  return f(f(horner(TANH_NUMERATOR, square) * clamped) / horner(TANH_DENOMINATOR, square));
}

/**
 * Computes the hyperbolic tangent with an absolute error of 5e-5, for states that are rounded to 12 bits, by the quotient of
 * polynomials of degree 2 in x² whose largest error up to 5.1 is smallest. Results stay within -1 and 1.
 */
export function shortTanh(x: number): number {
  const clamped = Math.min(SHORT_TANH_LIMIT, Math.max(-SHORT_TANH_LIMIT, x));
  const square = f(clamped * clamped);
  return f(f(horner(SHORT_TANH_NUMERATOR, square) * clamped) / horner(SHORT_TANH_DENOMINATOR, square));
}

/** Computes the logistic function by `shortTanh`: σ(x) = tanh(x / 2) / 2 + 1 / 2. */
export function shortSigmoid(x: number): number {
  return f(f(shortTanh(f(x * 0.5)) * 0.5) + 0.5);
}

/** Computes the natural logarithm as logf of Cephes (Moshier) does, for normal x > 0; -Infinity for 0, NaN for the rest. */
function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  bits.setFloat32(0, x);
  const integer = bits.getInt32(0);
  let exponent = (integer >> 23) - 126;
  let mantissa = fromBits((integer & 0x007fffff) | 0x3f000000);
  if (mantissa < SQRT_HALF) {
    exponent--;
    mantissa = f(mantissa + mantissa);
  }
  const y = f(mantissa - 1);
  const square = f(y * y);
  let tail = f(f(horner(LOG_POLYNOMIAL, y) * y) * square);
  tail = f(tail + f(exponent * LN2_LOW));
  tail = f(tail - f(square * 0.5));
  return f(f(y + tail) + f(exponent * LN2_HIGH));
}

export const singlePrecision: Elementary = { round: Math.fround, exp, log, tanh };
