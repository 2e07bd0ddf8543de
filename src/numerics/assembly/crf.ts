// The linear-chain conditional random field. Probabilities of paths are kept in double precision and scaled to add up to 1
// at every step (Rabiner 1989, section V.A), which stays finite at any length.

import { exp4, log } from './elementary';
import { isAllowedBy } from './softmax';

const LN2: f64 = 0.6931471805599453;

@inline
function at(base: usize, index: i32): usize { return base + ((<usize>index) << 2); }

@inline
function atDouble(base: usize, index: i32): usize { return base + ((<usize>index) << 3); }

/** Returns the natural logarithm of a double >= 0: the exponent's part exactly, the fraction's in single precision. */
function logDouble(x: f64): f64 {
  if (!(x > 0 && x < Infinity)) return x == 0 ? -Infinity : x;
  const bits = reinterpret<i64>(x);
  const exponent = <i32>(bits >> 52) - 1023;
  const fraction = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  return <f64>log(<f32>fraction) + <f64>exponent * LN2;
}

/** to (n doubles) = exp(x), or 0 where allowed is 0 */
function exponentials(x: usize, allowed: usize, to: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const e = v128.and(exp4(v128.load(at(x, i))), f32x4.ne(v128.load(at(allowed, i)), f32x4.splat(0)));
    v128.store(atDouble(to, i), f64x2.promote_low_f32x4(e));
    v128.store(atDouble(to, i), f64x2.promote_low_f32x4(v128.shuffle<i32>(e, e, 2, 3, 2, 3)), 16);
  }
}

export function crfPotentials(weights: usize, allowed: usize, potentials: usize, W: i32): void {
  weights <<= 2; allowed <<= 2; potentials <<= 2;
  exponentials(weights, allowed, potentials, W * W + 2 * W);
}

/** later = now · emission / scale, each (W). */
@inline
function weigh(now: usize, emission: usize, scale: f64, later: usize, W: i32): void {
  for (let j = 0; j < W; j += 2) {
    const weighted = f64x2.mul(v128.load(atDouble(now, j)), v128.load(atDouble(emission, j)));
    v128.store(atDouble(later, j), f64x2.div(weighted, f64x2.splat(scale)));
  }
}

/** now (K) = potentials (K, W) · later (W), and pairs (K, W) += sign · earlier (K) · later (W). */
@inline
function carryBack(
  later: usize, earlier: usize, potentials: usize, sign: f64, pairs: usize, now: usize, K: i32, W: i32,
): void {
  for (let i = 0; i < K; i++) {
    const from = f64x2.splat(sign * load<f64>(atDouble(earlier, i)));
    let sum = f64x2.splat(0);
    for (let j = 0; j < W; j += 2) {
      const weighted = v128.load(atDouble(later, j));
      sum = f64x2.add(sum, f64x2.mul(v128.load(atDouble(potentials, i * W + j)), weighted));
      addProduct(atDouble(pairs, i * W + j), atDouble(later, j), from);
    }
    store<f64>(atDouble(now, i), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
}

export function crfLoss(
  x: usize, ld: usize, targets: usize, rows: usize, T: i32, K: i32, W: i32,
  weights: usize, potentials: usize, factor: f32, pairs: usize, scratch: usize,
): f64 {
  x <<= 2; targets <<= 2; rows <<= 2; weights <<= 2; potentials <<= 2; pairs <<= 2; scratch <<= 2;
  const alphas = scratch, emissions = atDouble(scratch, T * W), now = atDouble(scratch, 2 * T * W), later = atDouble(now, W);
  const scales = atDouble(later, W);
  const starts = atDouble(potentials, W * W), ends = atDouble(starts, W);
  const startPairs = atDouble(pairs, W * W), endPairs = atDouble(startPairs, W);
  let logZ: f64 = 0, gold: f64 = 0;
  let before = 0;
  for (let t = 0; t < T; t++) {
    const row = load<i32>(at(rows, t));
    const logits = x + ((<usize>row * ld) << 2);
    const target = load<i32>(at(targets, row));
    gold += <f64>load<f32>(at(logits, target));
    gold += <f64>load<f32>(t == 0 ? at(weights, W * W + target) : at(weights, before * W + target));
    before = target;
    logZ += <f64>emit(logits, atDouble(emissions, t * W), K, W, 0.5);
    const alpha = atDouble(alphas, t * W), emission = atDouble(emissions, t * W);
    if (t == 0) for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), v128.load(atDouble(starts, j)));
    else advance(atDouble(alphas, (t - 1) * W), potentials, alpha, K, W);
    for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), f64x2.mul(v128.load(atDouble(alpha, j)), v128.load(atDouble(emission, j))));
    const scale = rescale(alpha, K, W);
    store<f64>(atDouble(scales, t), scale);
    logZ += logDouble(scale);
  }
  gold += <f64>load<f32>(at(weights, W * W + W + before));
  const last = atDouble(alphas, (T - 1) * W);
  let total: f64 = 0;
  for (let j = 0; j < K; j++) total += load<f64>(atDouble(last, j)) * load<f64>(atDouble(ends, j));
  logZ += logDouble(total);
  for (let j = 0; j < W; j++) store<f64>(atDouble(now, j), load<f64>(atDouble(ends, j)) / total);
  for (let j = 0; j < W; j += 2) addProduct(atDouble(endPairs, j), atDouble(last, j), f64x2.splat(1 / total));
  for (let t = T - 1; t >= 0; t--) {
    const alpha = atDouble(alphas, t * W), emission = atDouble(emissions, t * W);
    const row = load<i32>(at(rows, t));
    marginals(alpha, now, x + ((<usize>row * ld) << 2), load<i32>(at(targets, row)), factor, K, W);
    weigh(now, emission, load<f64>(atDouble(scales, t)), later, W);
    if (t == 0) break;
    carryBack(later, atDouble(alphas, (t - 1) * W), potentials, 1, pairs, now, K, W);
  }
  for (let j = 0; j < W; j += 2) addProduct(atDouble(startPairs, j), atDouble(later, j), f64x2.splat(1));
  return logZ - gold;
}

export function crfLossOfSets(
  x: usize, ld: usize, targets: usize, sets: usize, rows: usize, T: i32, K: i32, W: i32,
  potentials: usize, factor: f32, pairs: usize, scratch: usize,
): f64 {
  x <<= 2; targets <<= 2; sets <<= 2; rows <<= 2; potentials <<= 2; pairs <<= 2; scratch <<= 2;
  const other = atDouble(scratch, 2 * T * W + 2 * W + T + 1);
  let logZ: f64 = 0, allowed: f64 = 0;
  for (let t = 0; t < T; t++) {
    const row = load<i32>(at(rows, t));
    const logits = x + ((<usize>row * ld) << 2);
    logZ += <f64>emit(logits, atDouble(scratch, (T + t) * W), K, W, 0.5);
    logZ += stepForward(scratch, potentials, t, T, K, W);
    allowed += <f64>emitAllowed(logits, atDouble(other, (T + t) * W), load<i32>(at(targets, row)), sets, K, W);
    allowed += stepForward(other, potentials, t, T, K, W);
  }
  logZ += sumEnds(scratch, potentials, T, K, W);
  allowed += sumEnds(other, potentials, T, K, W);
  addExpected(scratch, potentials, x, ld, rows, 1, factor, pairs, T, K, W);
  addExpected(other, potentials, x, ld, rows, -1, factor, pairs, T, K, W);
  return logZ - allowed;
}

// A lattice, as doubles: forward sums (T, W), emissions (T, W), two rows of W numbers of working space, T scales, the total.

/** Makes the forward sums of one step of a lattice, whose emissions stand there; returns the logarithm of their scale. */
function stepForward(lattice: usize, potentials: usize, t: i32, T: i32, K: i32, W: i32): f64 {
  const alpha = atDouble(lattice, t * W), emission = atDouble(lattice, (T + t) * W), starts = atDouble(potentials, W * W);
  if (t == 0) for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), v128.load(atDouble(starts, j)));
  else advance(atDouble(lattice, (t - 1) * W), potentials, alpha, K, W);
  for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), f64x2.mul(v128.load(atDouble(alpha, j)), v128.load(atDouble(emission, j))));
  const scale = rescale(alpha, K, W);
  store<f64>(atDouble(lattice, 2 * T * W + 2 * W + t), scale);
  return logDouble(scale);
}

/** Stores the total of a lattice, and returns its logarithm. */
function sumEnds(lattice: usize, potentials: usize, T: i32, K: i32, W: i32): f64 {
  const last = atDouble(lattice, (T - 1) * W), ends = atDouble(potentials, W * W + W);
  let total: f64 = 0;
  for (let j = 0; j < K; j++) total += load<f64>(atDouble(last, j)) * load<f64>(atDouble(ends, j));
  store<f64>(atDouble(lattice, 2 * T * W + 2 * W + T), total);
  return logDouble(total);
}

/**
 * pairs += sign · expected transitions of a lattice, divided by their potentials. With sign 1, rows of x become marginals;
 * with -1, they become factor · (themselves - marginals).
 */
function addExpected(
  lattice: usize, potentials: usize, x: usize, ld: usize, rows: usize, sign: f64, factor: f32, pairs: usize, T: i32, K: i32, W: i32,
): void {
  const now = atDouble(lattice, 2 * T * W), later = atDouble(now, W), scales = atDouble(later, W);
  const ends = atDouble(potentials, W * W + W), last = atDouble(lattice, (T - 1) * W);
  const total = load<f64>(atDouble(scales, T));
  const startPairs = atDouble(pairs, W * W), endPairs = atDouble(startPairs, W);
  for (let j = 0; j < W; j++) store<f64>(atDouble(now, j), load<f64>(atDouble(ends, j)) / total);
  for (let j = 0; j < W; j += 2) addProduct(atDouble(endPairs, j), atDouble(last, j), f64x2.splat(sign / total));
  for (let t = T - 1; t >= 0; t--) {
    const alpha = atDouble(lattice, t * W), emission = atDouble(lattice, (T + t) * W);
    const row = x + ((<usize>load<i32>(at(rows, t)) * ld) << 2);
    for (let k = 0; k < W; k++) {
      const marginal = <f32>(load<f64>(atDouble(alpha, k)) * load<f64>(atDouble(now, k)));
      store<f32>(at(row, k), sign > 0 ? marginal : factor * (load<f32>(at(row, k)) - marginal));
    }
    weigh(now, emission, load<f64>(atDouble(scales, t)), later, W);
    if (t == 0) break;
    carryBack(later, atDouble(lattice, (t - 1) * W), potentials, sign, pairs, now, K, W);
  }
  for (let j = 0; j < W; j += 2) addProduct(atDouble(startPairs, j), atDouble(later, j), f64x2.splat(sign));
}

export function crfSums(
  x: usize, ld: usize, rows: usize, T: i32, K: i32, W: i32, potentials: usize, inverse: f32, sums: usize,
): void {
  x <<= 2; rows <<= 2; potentials <<= 2; sums <<= 2;
  const alphas = sums, emissions = atDouble(alphas, T * W), betas = atDouble(emissions, T * W), now = atDouble(betas, T * W);
  const starts = atDouble(potentials, W * W), ends = atDouble(starts, W);
  const half: f32 = inverse * 0.5;
  for (let t = 0; t < T; t++) {
    const alpha = atDouble(alphas, t * W), emission = atDouble(emissions, t * W);
    emit(x + ((<usize>load<i32>(at(rows, t)) * ld) << 2), emission, K, W, half);
    if (t == 0) for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), v128.load(atDouble(starts, j)));
    else advance(atDouble(alphas, (t - 1) * W), potentials, alpha, K, W);
    for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), f64x2.mul(v128.load(atDouble(alpha, j)), v128.load(atDouble(emission, j))));
    const scale = f64x2.splat(rescale(alpha, K, W));
    for (let j = 0; j < W; j += 2) v128.store(atDouble(emission, j), f64x2.div(v128.load(atDouble(emission, j)), scale));
  }
  const last = atDouble(alphas, (T - 1) * W);
  let total: f64 = 0;
  for (let j = 0; j < K; j++) total += load<f64>(atDouble(last, j)) * load<f64>(atDouble(ends, j));
  store<f64>(atDouble(now, W), total);
  for (let j = 0; j < W; j++) store<f64>(atDouble(now, j), load<f64>(atDouble(ends, j)) / total);
  for (let t = T - 1; t >= 0; t--) {
    const beta = atDouble(betas, t * W), emission = atDouble(emissions, t * W);
    for (let j = 0; j < W; j += 2) v128.store(atDouble(beta, j), f64x2.mul(v128.load(atDouble(now, j)), v128.load(atDouble(emission, j))));
    if (t == 0) break;
    for (let i = 0; i < K; i++) {
      let sum = f64x2.splat(0);
      for (let j = 0; j < W; j += 2) sum = f64x2.add(sum, f64x2.mul(v128.load(atDouble(potentials, i * W + j)), v128.load(atDouble(beta, j))));
      store<f64>(atDouble(now, i), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    }
  }
}

/** sum (2 doubles) += x · factor */
@inline
function addProduct(sum: usize, x: usize, factor: v128): void {
  v128.store(sum, f64x2.add(v128.load(sum), f64x2.mul(v128.load(x), factor)));
}

/**
 * emission (W doubles) = exp(2 · half · (logits - the largest of K)), 0 behind K; returns the largest. The square of the
 * exponential of one half reaches down to exp(-174), while exp4 stops at exp(-87).
 */
function emit(logits: usize, emission: usize, K: i32, W: i32, half: f32): f32 {
  let largest = load<f32>(logits);
  for (let k = 1; k < K; k++) {
    const value = load<f32>(at(logits, k));
    if (value > largest) largest = value;
  }
  const shift = f32x4.splat(largest);
  for (let j = 0; j < W; j += 4) {
    const inside = i32x4.lt_s(i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3)), i32x4.splat(K));
    const root = v128.and(exp4(f32x4.mul(f32x4.sub(v128.load(at(logits, j)), shift), f32x4.splat(half))), inside);
    const low = f64x2.promote_low_f32x4(root), high = f64x2.promote_low_f32x4(v128.shuffle<i32>(root, root, 2, 3, 2, 3));
    v128.store(atDouble(emission, j), f64x2.mul(low, low));
    v128.store(atDouble(emission, j), f64x2.mul(high, high), 16);
  }
  return largest;
}

/** As emit by 0.5, but 0 for tags that the target does not allow, and relative to the largest logit of an allowed one. */
function emitAllowed(logits: usize, emission: usize, target: i32, sets: usize, K: i32, W: i32): f32 {
  const bytes = (<usize>W) << 2;
  let largest: f32 = -Infinity;
  for (let k = 0; k < K; k++) {
    const value = load<f32>(at(logits, k));
    if (isAllowedBy(target, k, sets, bytes) && value > largest) largest = value;
  }
  memory.fill(emission, 0, (<usize>W) << 3);
  for (let k = 0; k < K; k++) {
    if (!isAllowedBy(target, k, sets, bytes)) continue;
    const root = <f64>f32x4.extract_lane(exp4(f32x4.splat((load<f32>(at(logits, k)) - largest) * <f32>0.5)), 0);
    store<f64>(atDouble(emission, k), root * root);
  }
  return largest;
}

/** to (W doubles) = from · potentials */
function advance(from: usize, potentials: usize, to: usize, K: i32, W: i32): void {
  const step = (<usize>W) << 3;
  for (let j = 0; j < W; j += 4) {
    let low = f64x2.splat(0), high = low, row = atDouble(potentials, j);
    for (let i = 0; i < K; i++) {
      const weight = v128.load64_splat(atDouble(from, i));
      low = f64x2.add(low, f64x2.mul(v128.load(row), weight));
      high = f64x2.add(high, f64x2.mul(v128.load(row, 16), weight));
      row += step;
    }
    v128.store(atDouble(to, j), low);
    v128.store(atDouble(to, j), high, 16);
  }
}

/** Divides alpha (W doubles) by the sum of its first K numbers, and returns the sum. */
function rescale(alpha: usize, K: i32, W: i32): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < K; j++) sum += load<f64>(atDouble(alpha, j));
  const sums = f64x2.splat(sum);
  for (let j = 0; j < W; j += 2) v128.store(atDouble(alpha, j), f64x2.div(v128.load(atDouble(alpha, j)), sums));
  return sum;
}

/** row (W) = factor · (alpha · beta - one-hot target) */
function marginals(alpha: usize, beta: usize, row: usize, target: i32, factor: f32, K: i32, W: i32): void {
  for (let k = 0; k < W; k++) {
    const marginal = <f32>(load<f64>(atDouble(alpha, k)) * load<f64>(atDouble(beta, k)));
    store<f32>(at(row, k), factor * (k == target ? marginal - 1 : marginal));
  }
}

export function crfGradient(pairs: usize, potentials: usize, counts: usize, factor: f32, gradient: usize, W: i32): void {
  pairs <<= 2; potentials <<= 2; counts <<= 2; gradient <<= 2;
  for (let i = 0; i < W * W + 2 * W; i++) {
    const expected = <f32>(load<f64>(atDouble(pairs, i)) * load<f64>(atDouble(potentials, i)));
    store<f32>(at(gradient, i), load<f32>(at(gradient, i)) + factor * (expected - load<f32>(at(counts, i))));
  }
}

export function viterbi(
  x: usize, ld: usize, rows: usize, T: i32, K: i32, W: i32, masked: usize, best: usize, scratch: usize,
): void {
  x <<= 2; rows <<= 2; masked <<= 2; best <<= 2; scratch <<= 2;
  const pointers = scratch;
  let now = at(scratch, T * W), next = at(now, W);
  const starts = at(masked, W * W), ends = at(starts, W);
  for (let t = 0; t < T; t++) {
    const logits = x + ((<usize>load<i32>(at(rows, t)) * ld) << 2);
    for (let j = 0; j < W; j += 4) {
      let score: v128, pointer = i32x4.splat(0);
      if (t == 0) score = v128.load(at(starts, j));
      else {
        score = f32x4.add(f32x4.splat(load<f32>(now)), v128.load(at(masked, j)));
        for (let i = 1; i < K; i++) {
          const other = f32x4.add(f32x4.splat(load<f32>(at(now, i))), v128.load(at(masked, i * W + j)));
          const better = f32x4.gt(other, score);
          score = v128.bitselect(other, score, better);
          pointer = v128.bitselect(i32x4.splat(i), pointer, better);
        }
      }
      v128.store(at(next, j), f32x4.add(score, v128.load(at(logits, j))));
      v128.store(at(pointers, t * W + j), pointer);
    }
    let largest = load<f32>(next);
    for (let j = 1; j < K; j++) { const v = load<f32>(at(next, j)); if (v > largest) largest = v; }
    for (let j = 0; j < K; j++) store<f32>(at(next, j), load<f32>(at(next, j)) - largest);
    const swap = now; now = next; next = swap;
  }
  let tag = 0;
  let largest: f32 = -Infinity;
  for (let j = 0; j < K; j++) {
    const v = load<f32>(at(now, j)) + load<f32>(at(ends, j));
    if (v > largest) { largest = v; tag = j; }
  }
  for (let t = T - 1; t >= 0; t--) {
    store<i32>(at(best, load<i32>(at(rows, t))), tag);
    tag = load<i32>(at(pointers, t * W + tag));
  }
}
