import { doubleAt, integerAt } from '../numerics/at.js';
import { singlePrecision } from '../numerics/elementary.js';
import type { SparseRows } from './sparse-rows.js';

/**
 * Turns counts of words and their neighbours into positive pointwise mutual information, log(p(w, c) / (p(w) p(c))) where
 * that is above 0. The probability of a neighbour is that of its count to the power of 0.75, so that rare neighbours weigh
 * less (Levy, Goldberg & Dagan 2015, section 3.1).
 */
export function positiveMutualInformation(counts: SparseRows): SparseRows {
  const { rows, columns } = counts;
  const wordSums = new Float64Array(rows);
  const neighbourSums = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let index = integerAt(counts.starts, row); index < integerAt(counts.starts, row + 1); index++) {
      const place = integerAt(counts.places, index);
      const count = doubleAt(counts.numbers, index);
      wordSums[row] = doubleAt(wordSums, row) + count;
      neighbourSums[place] = doubleAt(neighbourSums, place) + count;
    }
  }
  const smoothed = neighbourSums.map(threeQuarters);
  const total = smoothed.reduce((sum, number) => sum + number, 0);
  const starts = new Int32Array(rows + 1);
  const places = new Int32Array(counts.places.length);
  const numbers = new Float64Array(counts.places.length);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    for (let index = integerAt(counts.starts, row); index < integerAt(counts.starts, row + 1); index++) {
      const place = integerAt(counts.places, index);
      const expected = doubleAt(wordSums, row) * doubleAt(smoothed, place);
      const information = singlePrecision.log((doubleAt(counts.numbers, index) * total) / expected);
      if (information <= 0) continue;
      places[kept] = place;
      numbers[kept++] = information;
    }
    starts[row + 1] = kept;
  }
  return { rows, columns, starts, places: places.subarray(0, kept), numbers: numbers.subarray(0, kept) };
}

/** Returns x to the power of 0.75 by square roots, which all engines round alike. */
function threeQuarters(x: number): number {
  const root = Math.sqrt(x);
  return root * Math.sqrt(root);
}
