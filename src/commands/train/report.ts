import type { StopReason } from '../../training/loop.js';
import type { BestModel } from './best.js';

/** What came of a training. */
export interface TrainReport {
  readonly stopped: StopReason;
  /** Number of epochs that came to their end, those before a stop included. */
  readonly epochs: number;
  /** Seconds of the whole command, reading included. */
  readonly seconds: number;
  /** Speed of the training loop alone, without the scoring of dev. */
  readonly trainTokensPerSecond: number;
  /** Number of weights of all networks. */
  readonly parameters: number;
  /** Undefined if no epoch came to its end: then no checkpoint was written. */
  readonly best: BestModel | undefined;
  /** Whether `resume` can go on with the training. */
  readonly isSaved: boolean;
  /** Whether the finished checkpoint was there already, so that there was nothing to do. */
  readonly wasFinished: boolean;
}
