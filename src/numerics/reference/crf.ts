import type { Address, Kernels } from '../kernels.js';
import type { ReferenceMemory } from './memory.js';
import { largestOf } from './softmax.js';

type Crf = Pick<Kernels, 'crfPotentials' | 'crfLoss' | 'crfGradient' | 'crfSums' | 'viterbi'>;

/** The linear-chain conditional random field, scaled at every step (Rabiner 1989, section V.A). */
export function crfKernels(memory: ReferenceMemory): Crf {
  const { round, exp, isSingle } = memory;

  /**
   * exp(2 · half · (logits - the largest of K)), and the largest. The square of the exponential of one half reaches
   * down to exp(-174), where that of single precision stops at exp(-87).
   */
  function emit(logits: Address, K: number, W: number, half = 0.5): { emission: Float64Array; largest: number } {
    const { numbers } = memory;
    const largest = largestOf(numbers, logits, K);
    const emission = new Float64Array(W);
    for (let k = 0; k < K; k++) {
      const root = exp(round(round((numbers[logits + k] as number) - largest) * half));
      emission[k] = root * root;
    }
    return { emission, largest };
  }

  /** The exponent exactly, in single precision the fraction as the kernel's logarithm gives it. */
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
        doubles[to + i] = numbers[allowed + i] === 0 ? 0 : exp(numbers[weights + i] as number);
      }
    },

    crfLoss(x, ld, targets, rows, T, K, W, weights, potentials, factor, pairs) {
      const { numbers, integers } = memory;
      const P = memory.doubles.subarray(memory.double(potentials));
      const counts = memory.doubles.subarray(memory.double(pairs));
      const rounded = round(factor);
      const rowAt = (t: number): number => integers[rows + t] as number;
      const targetAt = (t: number): number => integers[targets + rowAt(t)] as number;
      const alphas: Float64Array[] = [];
      const emissions: Float64Array[] = [];
      const scales: number[] = [];
      let logZ = 0;
      let gold = 0;
      for (let t = 0; t < T; t++) {
        const logits = x + rowAt(t) * ld;
        gold += numbers[logits + targetAt(t)] as number;
        gold += numbers[weights + (t === 0 ? W : targetAt(t - 1)) * W + targetAt(t)] as number;
        const { emission, largest } = emit(logits, K, W);
        logZ += largest;
        const alpha = new Float64Array(W);
        const before = alphas[t - 1];
        if (!before) alpha.set(P.subarray(W * W, W * W + W));
        else for (let i = 0; i < K; i++) for (let j = 0; j < W; j++) alpha[j] += P[i * W + j] * before[i];
        let scale = 0;
        for (let j = 0; j < W; j++) alpha[j] *= emission[j];
        for (let j = 0; j < K; j++) scale += alpha[j] as number;
        for (let j = 0; j < W; j++) alpha[j] /= scale;
        logZ += logOf(scale);
        alphas.push(alpha);
        emissions.push(emission);
        scales.push(scale);
      }
      gold += numbers[weights + W * W + W + targetAt(T - 1)] as number;
      const last = alphas[T - 1] as Float64Array;
      const ends = P.subarray(W * W + W, W * W + 2 * W);
      let total = 0;
      for (let j = 0; j < K; j++) total += last[j] * ends[j];
      logZ += logOf(total);
      let beta = Float64Array.from(ends, (end) => end / total);
      for (let j = 0; j < W; j++) counts[W * W + W + j] += last[j] * (1 / total);
      for (let t = T - 1; t >= 0; t--) {
        const alpha = alphas[t] as Float64Array;
        const emission = emissions[t] as Float64Array;
        for (let k = 0; k < W; k++) {
          const marginal = round(alpha[k] * beta[k]);
          numbers[x + rowAt(t) * ld + k] = round(rounded * (k === targetAt(t) ? round(marginal - 1) : marginal));
        }
        const weighted = beta.map((value, j) => (value * (emission[j] as number)) / (scales[t] as number));
        const before = alphas[t - 1];
        if (!before) {
          for (let j = 0; j < W; j++) counts[W * W + j] += weighted[j] as number;
          break;
        }
        beta = new Float64Array(W);
        for (let i = 0; i < K; i++) {
          let even = 0;
          let odd = 0;
          for (let j = 0; j < W; j += 2) {
            even += P[i * W + j] * weighted[j];
            odd += P[i * W + j + 1] * weighted[j + 1];
          }
          for (let j = 0; j < W; j++) counts[i * W + j] += weighted[j] * before[i];
          beta[i] = even + odd;
        }
      }
      return logZ - gold;
    },

    crfGradient(pairs, potentials, counts, factor, gradient, W) {
      const { numbers, doubles } = memory;
      const rounded = round(factor);
      for (let i = 0; i < W * W + 2 * W; i++) {
        const expected = round(doubles[memory.double(pairs) + i] * doubles[memory.double(potentials) + i]);
        const difference = round(expected - (numbers[counts + i] as number));
        numbers[gradient + i] = round(numbers[gradient + i] + round(rounded * difference));
      }
    },

    crfSums(x, ld, rows, T, K, W, potentials, inverse, sums) {
      const { integers } = memory;
      const P = memory.doubles.subarray(memory.double(potentials));
      const starts = P.subarray(W * W, W * W + W);
      const ends = P.subarray(W * W + W, W * W + 2 * W);
      const to = memory.doubles.subarray(memory.double(sums));
      const rowOf = (part: number, t: number): Float64Array =>
        to.subarray((part * T + t) * W, (part * T + t + 1) * W) as Float64Array;
      const half = round(round(inverse) * 0.5);
      for (let t = 0; t < T; t++) {
        const alpha = rowOf(0, t);
        const { emission } = emit(x + (integers[rows + t] as number) * ld, K, W, half);
        const before = rowOf(0, t - 1);
        if (t === 0) alpha.set(starts);
        else {
          alpha.fill(0);
          for (let i = 0; i < K; i++) for (let j = 0; j < W; j++) alpha[j] += P[i * W + j] * before[i];
        }
        let scale = 0;
        for (let j = 0; j < W; j++) alpha[j] *= emission[j];
        for (let j = 0; j < K; j++) scale += alpha[j] as number;
        for (let j = 0; j < W; j++) alpha[j] /= scale;
        rowOf(1, t).set(emission.map((value) => value / scale));
      }
      const last = rowOf(0, T - 1);
      let total = 0;
      for (let j = 0; j < K; j++) total += last[j] * ends[j];
      let now = Float64Array.from(ends, (end) => end / total);
      for (let t = T - 1; t >= 0; t--) {
        const emission = rowOf(1, t);
        const beta = rowOf(2, t);
        for (let j = 0; j < W; j++) beta[j] = now[j] * emission[j];
        if (t === 0) break;
        now = Float64Array.from({ length: W }, (_, i) => {
          let even = 0;
          let odd = 0;
          for (let j = 0; j < W && i < K; j += 2) {
            even += P[i * W + j] * beta[j];
            odd += P[i * W + j + 1] * beta[j + 1];
          }
          return even + odd;
        });
      }
      to.set(now, 3 * T * W);
      to[3 * T * W + W] = total;
    },

    viterbi(x, ld, rows, T, K, W, masked, best) {
      const { numbers, integers } = memory;
      const pointers: Int32Array[] = [];
      let now = new Float64Array(K);
      for (let t = 0; t < T; t++) {
        const logits = x + (integers[rows + t] as number) * ld;
        const next = new Float64Array(K);
        const pointer = new Int32Array(K);
        for (let j = 0; j < K; j++) {
          let score = t === 0 ? (numbers[masked + W * W + j] as number) : Number.NEGATIVE_INFINITY;
          for (let i = 0; t > 0 && i < K; i++) {
            const other = round((now[i] as number) + (numbers[masked + i * W + j] as number));
            if (i > 0 && !(other > score)) continue;
            score = other;
            pointer[j] = i;
          }
          next[j] = round(score + (numbers[logits + j] as number));
        }
        const largest = largestOf(next, 0, K);
        now = next.map((score) => round(score - largest));
        pointers.push(pointer);
      }
      let tag = 0;
      let largest = Number.NEGATIVE_INFINITY;
      for (let j = 0; j < K; j++) {
        const score = round((now[j] as number) + (numbers[masked + W * W + W + j] as number));
        if (score > largest) {
          largest = score;
          tag = j;
        }
      }
      for (let t = T - 1; t >= 0; t--) {
        integers[best + (integers[rows + t] as number)] = tag;
        tag = (pointers[t] as Int32Array)[tag] as number;
      }
    },
  };
}
