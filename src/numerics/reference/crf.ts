import { at } from '../at.js';
import { type Address, type Kernels, shifted } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';
import { largestOf, tagsAllowedBy } from './softmax.js';

/** Creates the kernels of the linear-chain conditional random field, scaled at every step (Rabiner 1989, section V.A). */
export function crfKernels(memory: ReferenceMemory) {
  const { round, exp, isSingle } = memory;

  /**
   * Returns exp(2 · half · (logits - the largest of K)), and the largest. The square of the exponential of one half
   * reaches down to exp(-174), while the exponential in single precision stops at exp(-87).
   */
  function emit(logits: Address, K: number, W: number, half = 0.5): { emission: Float64Array; largest: number } {
    const { numbers } = memory;
    const largest = largestOf(numbers, logits, K);
    const emission = new Float64Array(W);
    for (let k = 0; k < K; k++) {
      const root = exp(round(round(at(numbers, logits + k) - largest) * half));
      emission[k] = root * root;
    }
    return { emission, largest };
  }

  /** Returns what `emit` does, 0 for tags that are not allowed, relative to the largest logit of an allowed one. */
  function emitAllowed(
    logits: Address,
    isAllowed: (tag: number) => boolean,
    K: number,
    W: number,
  ): { emission: Float64Array; largest: number } {
    const { numbers } = memory;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < K; k++) {
      if (isAllowed(k) && at(numbers, logits + k) > largest) largest = at(numbers, logits + k);
    }
    const emission = new Float64Array(W);
    for (let k = 0; k < K; k++) {
      if (!isAllowed(k)) continue;
      const root = exp(round(round(at(numbers, logits + k) - largest) * 0.5));
      emission[k] = root * root;
    }
    return { emission, largest };
  }

  /** Sums over all paths by the emissions of each step that `emissionsAt` gives. */
  function sumForward(
    P: Float64Array,
    T: number,
    K: number,
    W: number,
    emissionsAt: (t: number) => { emission: Float64Array; largest: number },
  ): Lattice {
    const steps: Lattice['steps'] = [];
    let logZ = 0;
    for (let t = 0; t < T; t++) {
      const { emission, largest } = emissionsAt(t);
      logZ += largest;
      const alpha = new Float64Array(W);
      const scale = forwardSums(P, steps.at(-1)?.alpha, emission, K, W, alpha);
      logZ += logOf(scale);
      steps.push({ alpha, emission, scale });
    }
    const last = at(steps, T - 1).alpha;
    let total = 0;
    for (let j = 0; j < K; j++) total += at(last, j) * at(P, W * W + W + j);
    return { steps, total, logZ: logZ + logOf(total) };
  }

  /** Adds `sign` · expected transitions, divided by their potentials, to `counts`; calls `visit` with each marginal. */
  function addExpected(
    P: Float64Array,
    { steps, total }: Lattice,
    sign: number,
    K: number,
    W: number,
    counts: Float64Array,
    visit: (t: number, k: number, marginal: number) => void,
  ): void {
    const count = (place: number, n: number): void => {
      counts[place] = at(counts, place) + n;
    };
    let beta = Float64Array.from(P.subarray(W * W + W, W * W + 2 * W), (end) => end / total);
    const last = at(steps, steps.length - 1).alpha;
    for (let j = 0; j < W; j++) count(W * W + W + j, at(last, j) * (sign / total));
    for (let t = steps.length - 1; t >= 0; t--) {
      const { alpha, emission, scale } = at(steps, t);
      for (let k = 0; k < W; k++) visit(t, k, round(at(alpha, k) * at(beta, k)));
      const weighted = beta.map((value, j) => (value * at(emission, j)) / scale);
      if (t === 0) {
        for (let j = 0; j < W; j++) count(W * W + j, at(weighted, j) * sign);
        break;
      }
      const before = at(steps, t - 1).alpha;
      for (let i = 0; i < K; i++) {
        for (let j = 0; j < W; j++) count(i * W + j, at(weighted, j) * (sign * at(before, i)));
      }
      beta = backwardSums(P, weighted, K, W);
    }
  }

  /** Returns the natural logarithm: the exponent's part exactly, the fraction's with the `log` of the memory. */
  function logOf(x: number): number {
    if (!isSingle) return Math.log(x);
    if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x;
    const bits = new DataView(new ArrayBuffer(8));
    bits.setFloat64(0, x);
    const exponent = ((bits.getUint16(0) >> 4) & 0x7ff) - 1023;
    bits.setUint16(0, (bits.getUint16(0) & 0x000f) | 0x3ff0);
    return memory.log(Math.fround(bits.getFloat64(0))) + exponent * Math.LN2;
  }

  return {
    crfPotentials(weights, allowed, potentials, W) {
      const { numbers, doubles } = memory;
      const to = memory.double(potentials);
      for (let i = 0; i < W * W + 2 * W; i++) {
        doubles[to + i] = numbers[allowed + i] === 0 ? 0 : exp(at(numbers, weights + i));
      }
    },

    crfLoss(x, ld, targets, rows, T, K, W, weights, potentials, factor, pairs) {
      const { numbers, integers } = memory;
      const P = memory.doubles.subarray(memory.double(potentials));
      const counts = memory.doubles.subarray(memory.double(pairs));
      const rounded = round(factor);
      const rowAt = (t: number): number => at(integers, rows + t);
      const targetAt = (t: number): number => at(integers, targets + rowAt(t));
      const sums: { alpha: Float64Array; emission: Float64Array; scale: number }[] = [];
      let logZ = 0;
      let gold = 0;
      for (let t = 0; t < T; t++) {
        const logits = shifted(x, rowAt(t) * ld);
        gold += at(numbers, logits + targetAt(t));
        gold += at(numbers, weights + (t === 0 ? W : targetAt(t - 1)) * W + targetAt(t));
        const { emission, largest } = emit(logits, K, W);
        logZ += largest;
        const alpha = new Float64Array(W);
        const scale = forwardSums(P, sums.at(-1)?.alpha, emission, K, W, alpha);
        logZ += logOf(scale);
        sums.push({ alpha, emission, scale });
      }
      gold += at(numbers, weights + W * W + W + targetAt(T - 1));
      const last = at(sums, T - 1).alpha;
      const ends = P.subarray(W * W + W, W * W + 2 * W);
      let total = 0;
      for (let j = 0; j < K; j++) total += at(last, j) * at(ends, j);
      logZ += logOf(total);
      let beta = Float64Array.from(ends, (end) => end / total);
      const count = (place: number, n: number): void => {
        counts[place] = at(counts, place) + n;
      };
      for (let j = 0; j < W; j++) count(W * W + W + j, at(last, j) * (1 / total));
      for (let t = T - 1; t >= 0; t--) {
        const { alpha, emission, scale } = at(sums, t);
        for (let k = 0; k < W; k++) {
          const marginal = round(at(alpha, k) * at(beta, k));
          numbers[x + rowAt(t) * ld + k] = round(rounded * (k === targetAt(t) ? round(marginal - 1) : marginal));
        }
        const weighted = beta.map((value, j) => (value * at(emission, j)) / scale);
        if (t === 0) {
          for (let j = 0; j < W; j++) count(W * W + j, at(weighted, j));
          break;
        }
        const before = at(sums, t - 1).alpha;
        for (let i = 0; i < K; i++) {
          for (let j = 0; j < W; j++) count(i * W + j, at(weighted, j) * at(before, i));
        }
        beta = backwardSums(P, weighted, K, W);
      }
      return logZ - gold;
    },

    crfLossOfSets(x, ld, targets, sets, rows, T, K, W, potentials, factor, pairs) {
      const { numbers, integers } = memory;
      const P = memory.doubles.subarray(memory.double(potentials));
      const counts = memory.doubles.subarray(memory.double(pairs));
      const rounded = round(factor);
      const placeOf = (t: number): Address => shifted(x, at(integers, rows + t) * ld);
      const all = sumForward(P, T, K, W, (t) => emit(placeOf(t), K, W));
      const allowed = sumForward(P, T, K, W, (t) => {
        const target = at(integers, targets + at(integers, rows + t));
        return emitAllowed(placeOf(t), tagsAllowedBy(numbers, target, sets, W), K, W);
      });
      addExpected(P, all, 1, K, W, counts, (t, k, marginal) => {
        numbers[placeOf(t) + k] = marginal;
      });
      addExpected(P, allowed, -1, K, W, counts, (t, k, marginal) => {
        const place = placeOf(t) + k;
        numbers[place] = round(rounded * round(at(numbers, place) - marginal));
      });
      return all.logZ - allowed.logZ;
    },

    crfGradient(pairs, potentials, counts, factor, gradient, W) {
      const { numbers, doubles } = memory;
      const rounded = round(factor);
      for (let i = 0; i < W * W + 2 * W; i++) {
        const expected = round(at(doubles, memory.double(pairs) + i) * at(doubles, memory.double(potentials) + i));
        const difference = round(expected - at(numbers, counts + i));
        numbers[gradient + i] = round(at(numbers, gradient + i) + round(rounded * difference));
      }
    },

    crfSums(x, ld, rows, T, K, W, potentials, inverse, sums) {
      const { integers } = memory;
      const P = memory.doubles.subarray(memory.double(potentials));
      const ends = P.subarray(W * W + W, W * W + 2 * W);
      const to = memory.doubles.subarray(memory.double(sums));
      const rowOf = (part: number, t: number): Float64Array => to.subarray((part * T + t) * W, (part * T + t + 1) * W);
      const half = round(round(inverse) * 0.5);
      for (let t = 0; t < T; t++) {
        const { emission } = emit(shifted(x, at(integers, rows + t) * ld), K, W, half);
        const scale = forwardSums(P, t === 0 ? undefined : rowOf(0, t - 1), emission, K, W, rowOf(0, t));
        rowOf(1, t).set(emission.map((value) => value / scale));
      }
      const last = rowOf(0, T - 1);
      let total = 0;
      for (let j = 0; j < K; j++) total += at(last, j) * at(ends, j);
      let now = Float64Array.from(ends, (end) => end / total);
      for (let t = T - 1; t >= 0; t--) {
        const emission = rowOf(1, t);
        const beta = rowOf(2, t);
        for (let j = 0; j < W; j++) beta[j] = at(now, j) * at(emission, j);
        if (t > 0) now = backwardSums(P, beta, K, W);
      }
      to.set(now, 3 * T * W);
      to[3 * T * W + W] = total;
    },

    viterbi(x, ld, rows, T, K, W, masked, best) {
      const { numbers, integers } = memory;
      const pointers: Int32Array[] = [];
      let now = new Float64Array(K);
      for (let t = 0; t < T; t++) {
        const logits = x + at(integers, rows + t) * ld;
        const next = new Float64Array(K);
        const pointer = new Int32Array(K);
        for (let j = 0; j < K; j++) {
          let score = t === 0 ? at(numbers, masked + W * W + j) : Number.NEGATIVE_INFINITY;
          for (let i = 0; t > 0 && i < K; i++) {
            const other = round(at(now, i) + at(numbers, masked + i * W + j));
            if (i > 0 && !(other > score)) continue;
            score = other;
            pointer[j] = i;
          }
          next[j] = round(score + at(numbers, logits + j));
        }
        const largest = largestOf(next, 0, K);
        now = next.map((score) => round(score - largest));
        pointers.push(pointer);
      }
      let tag = 0;
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < K; j++) {
        const score = round(at(now, j) + at(numbers, masked + W * W + W + j));
        if (score > largest) {
          largest = score;
          tag = j;
        }
      }
      for (let t = T - 1; t >= 0; t--) {
        integers[best + at(integers, rows + t)] = tag;
        tag = at(at(pointers, t), tag);
      }
    },
  } satisfies Partial<Kernels>;
}

/** The forward sums over some paths of a sentence, and the logarithm of what all of them add up to. */
interface Lattice {
  readonly steps: { readonly alpha: Float64Array; readonly emission: Float64Array; readonly scale: number }[];
  readonly total: number;
  readonly logZ: number;
}

/**
 * Makes the forward sums of one step, scaled to add up to 1.
 *
 * @param P potentials
 * @param before the sums of the step before; undefined at the first step
 * @param alpha overwritten: the sums
 * @returns what the sums added up to
 */
function forwardSums(
  P: Float64Array,
  before: Float64Array | undefined,
  emission: Float64Array,
  K: number,
  W: number,
  alpha: Float64Array,
): number {
  for (let j = 0; j < W; j++) {
    let sum = before ? 0 : at(P, W * W + j);
    if (before) for (let i = 0; i < K; i++) sum += at(P, i * W + j) * at(before, i);
    alpha[j] = sum * at(emission, j);
  }
  let scale = 0;
  for (let j = 0; j < K; j++) scale += at(alpha, j);
  for (let j = 0; j < W; j++) alpha[j] = at(alpha, j) / scale;
  return scale;
}

/** Returns P · weighted, 0 behind K, each element as the sum of its even terms plus the sum of its odd ones. */
function backwardSums(P: Float64Array, weighted: Float64Array, K: number, W: number): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: W }, (_, i) => {
    let even = 0;
    let odd = 0;
    for (let j = 0; j < W && i < K; j += 2) {
      even += at(P, i * W + j) * at(weighted, j);
      odd += at(P, i * W + j + 1) * at(weighted, j + 1);
    }
    return even + odd;
  });
}
