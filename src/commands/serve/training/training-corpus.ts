import type { Language } from '../../../model/language.js';
import type { LabelStudioAccess } from '../label-studio/project.js';

/** The unit in which messages count the data of a training, and the program that sent the data. */
export interface TrainingUnit {
  readonly noun: string;
  readonly of: string;
}

/** What a model learns from, as a file of a corpus. */
export interface TrainingCorpus {
  /** The name of its format. */
  readonly format: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The number of records that somebody annotated. */
  readonly count: number;
  readonly unit: TrainingUnit;
  /** What a person should know about what is not in it. */
  readonly notices: readonly string[];
  /** Returns a message about the file with what a person knows in the place of its lines. */
  nameLines(message: string, path: string): string;
}

export interface CollectContext {
  /** Undefined if Label Studio is not asked for tasks. */
  readonly access: LabelStudioAccess | undefined;
  /** The meaning of the tags of the model that the training goes on with. */
  readonly language: Language;
}

/** What a request to train brought or named. */
export interface TrainingSource {
  /** @throws {UserError} if it cannot be had, or learnt by the model */
  collect(context: CollectContext): Promise<TrainingCorpus>;
}
