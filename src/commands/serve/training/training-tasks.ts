import type { RequestBody } from '../../../server/answering-queue.js';
import type { TrainingRequestKind } from '../../../server/training-door.js';
import type { LabelStudioAccess } from '../label-studio/project.js';
import type { TrainingCorpus } from './training-corpus.js';

/** What a thread that trains is asked for, in this order. */
export type TrainingTask = ReadRequest | CollectCorpus | TrainOnCorpus;

/** Reads a request, and keeps what the model learns from. */
export interface ReadRequest {
  readonly kind: 'read';
  readonly request: TrainingRequestKind;
  readonly body: RequestBody;
  /** Whether Label Studio can be asked for the tasks of a project. */
  readonly canAsk: boolean;
}

/** Collects what the request brought or named. */
export interface CollectCorpus {
  readonly kind: 'collect';
  /** Undefined if Label Studio is not asked for tasks. */
  readonly access: LabelStudioAccess | undefined;
  /** The checkpoint to go on with. */
  readonly initFrom: string;
}

/** Trains on what was collected, and writes the checkpoint. */
export interface TrainOnCorpus {
  readonly kind: 'train';
  /** The file with what was collected. */
  readonly corpus: string;
  /** Whether sentences are held out; otherwise those that are trained on choose the epoch, too. */
  readonly holdsOut: boolean;
  /** The checkpoint to go on with. */
  readonly initFrom: string;
  /** Where the new checkpoint goes. */
  readonly output: string;
  /** Whether another checkpoint that it replaces is kept: one that this server has not trained. */
  readonly keepsReplaced: boolean;
  readonly workers: number;
}

/** Tells the event that changes nothing; undefined if a training is asked for. */
export interface RequestRead {
  readonly ignored: string | undefined;
}

/** What was collected, but for what stays in the thread. */
export type CollectedCorpus = Pick<TrainingCorpus, 'bytes' | 'count' | 'unit' | 'notices'>;

/** What came of a training. */
export interface Trained {
  /** F1 on the sentences that were held out, from 0 to 1; undefined if none were. */
  readonly f1: number | undefined;
  /** What a person should know about the annotations and the checkpoint. */
  readonly notices: readonly string[];
}

export type TrainingResult = RequestRead | CollectedCorpus | Trained;
