import type { EpochProgress, StepProgress } from '../../training/loop.js';
import type { Notice } from '../story.js';

/** The training of one of several networks begins. */
export interface Stage {
  readonly kind: 'stage';
  readonly text: string;
  /** Number of the network among all of all runs, from 0. */
  readonly index: number;
  /** Number of all networks of all runs that are to be trained. */
  readonly count: number;
  /** How many networks are trained at the same time, this one included. */
  readonly together: number;
  /** Number of networks whose training begins when that of this one and of those beside it has ended. */
  readonly later: number;
  /** Number of the run, from 1; undefined if there is only one. */
  readonly run: number | undefined;
  /** Number of the network within its run, from 1. */
  readonly network: number;
  readonly seed: number;
}

/** How long something took; each of the networks that are trained at the same time has its share of the time. */
interface Timed {
  readonly seconds: number;
}

/** A step, and how long it took. */
export type TimedStep = StepProgress & Timed;

/** The end of an epoch, and how long it took after the last step: dev was scored. */
export type TimedEpoch = EpochProgress & Timed;

/** The end of an epoch over all sentences, those that were held out included, after which nothing can be scored. */
export interface WholeEpoch {
  readonly kind: 'whole-epoch';
  /** The number of the epoch, those before included. */
  readonly epoch: number;
  readonly epochs: number;
  /** The mean loss of a sentence. */
  readonly loss: number;
}

export type TrainEvent = Notice | Stage | TimedStep | TimedEpoch | WholeEpoch;
