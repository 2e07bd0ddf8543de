import type { RequestBody } from '../../../server/answering-queue.js';
import type { TrainingRequestKind } from '../../../server/label-studio-routes.js';
import type { LabelStudioAccess } from './project.js';

/** What a thread that trains is asked for, in this order. */
export type TrainingTask = ReadRequest | CollectTasks | TrainOnTasks;

/** Reads a request, and keeps what the model learns from. */
export interface ReadRequest {
  readonly kind: 'read';
  readonly request: TrainingRequestKind;
  readonly body: RequestBody;
  /** Whether Label Studio can be asked for the tasks of a project. */
  readonly canAsk: boolean;
}

/** Collects the tasks that the request brought or named. */
export interface CollectTasks {
  readonly kind: 'collect';
  /** Undefined if Label Studio is not asked for tasks. */
  readonly access: LabelStudioAccess | undefined;
  /** The checkpoint to go on with, whose labels take the place of those that the project has for them. */
  readonly initFrom: string;
}

/** Trains on a file of tasks, and writes the checkpoint. */
export interface TrainOnTasks {
  readonly kind: 'train';
  /** An export of Label Studio. */
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

/** The tasks as an export of Label Studio. */
export interface CollectedTasks {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The number of those that somebody annotated. */
  readonly count: number;
  /** What a person should know about tasks that are not among them. */
  readonly notices: readonly string[];
}

/** What came of a training. */
export interface Trained {
  /** F1 on the sentences that were held out, from 0 to 1; undefined if none were. */
  readonly f1: number | undefined;
  /** What a person should know about the annotations and the checkpoint. */
  readonly notices: readonly string[];
}

export type TrainingResult = RequestRead | CollectedTasks | Trained;
