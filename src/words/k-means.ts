import { at } from '../numerics/at.js';
import { type Kernels, shifted } from '../numerics/kernels.js';
import { padded } from '../numerics/parameters.js';
import type { Random } from '../numerics/random.js';

/** The number of rows that are compared with all centroids at once. */
const BLOCK = 512;

/** A score below that of any centroid of rows of about length 1. */
const NEVER = -1e30;

/** Rows of numbers, `width` in each, one after another. */
export interface Rows {
  readonly numbers: Float32Array;
  readonly width: number;
}

/** A division of rows into clusters. */
export interface Division {
  /** (K, width) */
  readonly centroids: Float32Array;
  /** (rows), the cluster of each row, from 0 to K, exclusive */
  readonly clusters: Uint16Array;
}

/**
 * Divides rows into K clusters, so that the squared distance of rows to the mean of their cluster is small (Lloyd 1982).
 * It begins with K rows that are drawn, and yields the number of each round that is done, from 1.
 *
 * @param rows at least K of them
 * @param rounds the largest number of rounds; it ends earlier if no row changes its cluster
 */
export function* kMeans(
  kernels: Kernels,
  { numbers, width: D }: Rows,
  K: number,
  rounds: number,
  random: Random,
): Generator<number, Division, undefined> {
  const N = numbers.length / D;
  const centroids = drawRows(numbers, N, D, K, random);
  const clusters = new Uint16Array(N);
  const scores = new Float32Array(N);
  const nearest = new NearestCentroids(kernels, D, K);
  for (let round = 1; round <= rounds; round++) {
    const changes = nearest.find(numbers, centroids, clusters, scores);
    if (round > 1 && changes === 0) break;
    moveCentroids(numbers, D, centroids, clusters, scores);
    yield round;
  }
  nearest.find(numbers, centroids, clusters, scores);
  nearest.release();
  return { centroids, clusters };
}

/** Draws K different rows. */
function drawRows(numbers: Float32Array, N: number, D: number, K: number, random: Random): Float32Array {
  const order = Uint32Array.from({ length: N }, (_, row) => row);
  random.shuffle(order);
  const drawn = new Float32Array(K * D);
  for (const [place, row] of order.subarray(0, K).entries())
    drawn.set(numbers.subarray(row * D, (row + 1) * D), place * D);
  return drawn;
}

/** Finds the nearest centroid c of rows x: the one with the largest x · c - |c|² / 2. */
class NearestCentroids {
  readonly #kernels: Kernels;
  readonly #D: number;
  readonly #K: number;
  readonly #used: number;

  constructor(kernels: Kernels, D: number, K: number) {
    this.#kernels = kernels;
    this.#D = D;
    this.#K = K;
    this.#used = kernels.used;
  }

  /**
   * Writes the nearest centroid of each row to `clusters`, and its score to `scores`.
   *
   * @returns how many rows changed their cluster
   */
  find(numbers: Float32Array, centroids: Float32Array, clusters: Uint16Array, scores: Float32Array): number {
    const kernels = this.#kernels;
    const [D, K] = [this.#D, this.#K];
    const [ld, W] = [padded(D), Math.ceil(K / 8) * 8];
    this.release();
    const c = kernels.allocate(W * ld);
    const panels = kernels.allocate(W * ld);
    const bias = kernels.allocate(W);
    const x = kernels.allocate(BLOCK * ld);
    const y = kernels.allocate(BLOCK * W);
    const { memory } = kernels;
    memory.fill(NEVER, bias, bias + W);
    for (let k = 0; k < K; k++) {
      const centroid = centroids.subarray(k * D, (k + 1) * D);
      memory.set(centroid, c + k * ld);
      memory[bias + k] = -centroid.reduce((sum, number) => sum + number * number, 0) / 2;
    }
    kernels.packTransposed(c, panels, ld, W);
    let changes = 0;
    for (let first = 0; first < clusters.length; first += BLOCK) {
      const M = Math.min(BLOCK, clusters.length - first);
      for (let m = 0; m < M; m++) memory.set(numbers.subarray((first + m) * D, (first + m + 1) * D), x + m * ld);
      kernels.fillRows(bias, y, W, M, W);
      kernels.multiply(x, ld, panels, y, W, M, ld, W);
      for (let m = 0; m < M; m++) {
        const row = memory.subarray(shifted(y, m * W), shifted(y, m * W + K));
        const best = indexOfLargest(row);
        if (clusters[first + m] !== best) changes++;
        clusters[first + m] = best;
        scores[first + m] = at(row, best);
      }
    }
    return changes;
  }

  /** Releases the kernels' memory. */
  release(): void {
    this.#kernels.release(this.#used);
  }
}

/** Returns the index of the largest number, the first of equals. */
function indexOfLargest(numbers: ArrayLike<number>): number {
  let best = 0;
  let most = at(numbers, 0);
  for (let index = 1; index < numbers.length; index++) {
    const number = at(numbers, index);
    if (number > most) {
      most = number;
      best = index;
    }
  }
  return best;
}

/** Moves each centroid to the mean of its rows, and one without rows to the row that fits its own centroid worst. */
function moveCentroids(
  numbers: Float32Array,
  D: number,
  centroids: Float32Array,
  clusters: Uint16Array,
  scores: Float32Array,
): void {
  const K = centroids.length / D;
  const sums = new Float64Array(K * D);
  const counts = new Uint32Array(K);
  for (const [row, cluster] of clusters.entries()) {
    counts[cluster] = at(counts, cluster) + 1;
    for (let d = 0; d < D; d++) sums[cluster * D + d] = at(sums, cluster * D + d) + at(numbers, row * D + d);
  }
  const worst = [...counts.entries()].filter(([, count]) => count === 0).map(([cluster]) => cluster);
  const rows = worst.length > 0 ? worstRows(scores, worst.length) : [];
  for (let k = 0; k < K; k++) {
    const count = at(counts, k);
    if (count > 0) for (let d = 0; d < D; d++) centroids[k * D + d] = at(sums, k * D + d) / count;
  }
  for (const [place, cluster] of worst.entries()) {
    const row = at(rows, place);
    centroids.set(numbers.subarray(row * D, (row + 1) * D), cluster * D);
  }
}

/** Returns the rows with the lowest scores, the first of equals first. */
function worstRows(scores: Float32Array, count: number): number[] {
  const order = Array.from(scores.keys());
  order.sort((a, b) => at(scores, a) - at(scores, b) || a - b);
  return order.slice(0, count);
}
