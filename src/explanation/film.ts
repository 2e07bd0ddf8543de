import type { EpochScores } from '../model/model.js';
import type { Explanation } from './explanation.js';

/** A sentence as a network tags it after an epoch of its training; epoch 0 is before the first step. */
export interface Frame {
  readonly epoch: number;
  /** The mean loss of a training sentence in the epoch; undefined before the first step. */
  readonly trainingLoss?: number;
  /** The scores on dev; undefined before the first step. */
  readonly dev?: EpochScores;
  readonly explanation: Explanation;
}

/** What a training makes of a sentence, epoch by epoch; the first frame is that before the first step. */
export type Film = readonly [Frame, ...Frame[]];
