import type { Interval } from '../../evaluation/bootstrap.js';
import type { Span } from '../../text/sentence.js';

/** What a thread that learns can be asked to do. */
export type LearnerTask = TrainTask | OpenTask | ReadTask | SaveTask;

/** Learns a model from files of records. */
export interface TrainTask {
  readonly kind: 'train';
  readonly train: string;
  readonly dev: string;
  /** A checkpoint to go on with. */
  readonly initFrom: string | undefined;
  readonly seed: number;
  readonly workers: number;
}

/** Opens the model of a checkpoint. */
export interface OpenTask {
  readonly kind: 'open';
  readonly path: string;
}

/** Reads sentences, given as tokens, with the model. */
export interface ReadTask {
  readonly kind: 'read';
  readonly sentences: readonly (readonly string[])[];
}

/** Writes the model as a checkpoint. */
export interface SaveTask {
  readonly kind: 'save';
  readonly path: string;
}

/** What a model reads in a sentence. */
export interface SuggestedReading {
  readonly spans: readonly (Span & { readonly confidence: number })[];
  /** The probability of these spans, from 0 to 1. */
  readonly probability: number;
}

/** The score of a model on dev. */
export interface Learnt {
  readonly f1: number;
  readonly interval: Interval;
}

export type LearnerResult = Learnt | readonly SuggestedReading[] | readonly string[] | undefined;
