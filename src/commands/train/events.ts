import type { EpochProgress, StepProgress } from '../../training/loop.js';
import type { Notice } from '../notice.js';

/** The training of one of several networks begins. */
export interface Stage {
  readonly kind: 'stage';
  readonly text: string;
  /** Number of the network, from 0. */
  readonly index: number;
  /** Number of all networks that are to be trained. */
  readonly count: number;
}

export type TrainEvent = Notice | Stage | StepProgress | EpochProgress;
