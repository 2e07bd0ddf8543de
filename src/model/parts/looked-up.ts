import type { PartPlace, PartWords, Target } from './part.js';

/** Words that get the one row that they name, as it is: the product of a one-hot vector and the table. */
export function lookUpRows({ kernels, rows, width, ids }: PartPlace, target: Target): PartWords {
  return {
    forward(first, last, { address, ld }) {
      if (target.kind === 'columns') kernels.gather(rows, ids + first, address, ld, last - first, width);
      else kernels.gatherAdd(rows, ids + first, address, ld, last - first, width);
    },
    backward() {},
    rowGradient: (target) => target,
    weightPieces: 0,
    addWeightGradient() {},
  };
}
