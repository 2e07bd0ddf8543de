import { shifted } from '../../numerics/kernels.js';
import type { NetworkParameter } from '../parameter.js';
import type { Part, PartPlace, PartWords, Target } from './part.js';

/**
 * Creates a part that gives each word the row that it names: the product of a one-hot vector and the table.
 *
 * @param table the number of the table among those of the plan
 */
export function lookedUpPart(table: number, rows: NetworkParameter, target: Target): Part {
  return { table, rows, matrices: [], target, createWords: (place) => lookUp(place, target) };
}

function lookUp({ kernels, rows, width, ids }: PartPlace, target: Target): PartWords {
  return {
    forward(first, last, { address, ld }) {
      if (target.kind === 'columns') kernels.gather(rows, shifted(ids, first), address, ld, last - first, width);
      else kernels.gatherAdd(rows, shifted(ids, first), address, ld, last - first, width);
    },
    backward() {},
    rowGradient: (dTarget) => dTarget,
    weightPieces: 0,
    addWeightGradient() {},
  };
}
