import type { StopReason } from '../../training/loop.js';
import type { BestModel } from './best.js';

/** What came of a training. */
export interface TrainReport {
  readonly stopped: StopReason;
  /** Epochs that came to their end, those before a stop included. */
  readonly epochs: number;
  /** The whole command, reading included. */
  readonly seconds: number;
  /** Of the training loop alone, without the scoring of dev. */
  readonly trainTokensPerSecond: number;
  /** Number of weights. */
  readonly parameters: number;
  /** Undefined where no epoch came to its end: then no checkpoint was written. */
  readonly best: BestModel | undefined;
  /** Whether `resume` can go on with it. */
  readonly isSaved: boolean;
  /** Whether the checkpoint was there already, whole, so that there was nothing to do. */
  readonly wasFinished: boolean;
}
