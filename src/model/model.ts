import type { Settings } from '../settings/settings.js';
import type { HeldOutCounts } from './held-out-counts.js';
import type { HidingScores } from './hiding-scores.js';
import type { KnownEntities } from './known-entities.js';
import type { Language } from './language.js';
import type { Network } from './network.js';

/** Scores on dev after an epoch, as fractions of 1. */
export interface EpochScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly accuracy: number;
}

export interface EpochRecord {
  readonly epoch: number;
  /** The mean loss of a training sentence. */
  readonly loss: number;
  readonly dev: EpochScores;
}

/** The identity of a corpus without its name. */
export interface CorpusFingerprint {
  /** The SHA-256 of the bytes of its files, one after the other, in hexadecimal. */
  readonly sha256: string;
  readonly sentences: number;
  readonly tokens: number;
}

export interface Corpora {
  readonly train: CorpusFingerprint;
  /** Undefined if a part of the training corpus was held out. */
  readonly dev?: CorpusFingerprint | undefined;
  /** An older corpus whose sentences were mixed in. */
  readonly keep?: CorpusFingerprint | undefined;
}

/** What was annotated of a corpus where not all was: its other tokens may be in entities that are not marked. */
export interface Annotation {
  /** Whether any entity may be unmarked. */
  readonly partial?: true | undefined;
  /** The labels that were annotated in some files, which the SHA-256 of their bytes names; in the others, all were. */
  readonly files?: readonly AnnotatedFile[] | undefined;
  /** The number of tokens whose tag is not known, in the training corpus and in what was held out of it. */
  readonly unknown: number;
}

/** The labels that were annotated in a file. */
export interface AnnotatedFile {
  readonly sha256: string;
  readonly labels: readonly string[];
}

/** A checkpoint that a training went on with. */
export interface InitialCheckpoint {
  /** The SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly corpora: Corpora;
}

/** The identity of a file of vectors without its name. */
export interface VectorsFingerprint {
  /** The SHA-256 of its uncompressed bytes, in hexadecimal. */
  readonly sha256: string;
}

export interface History {
  /** The epoch whose weights were kept, from 1. */
  readonly bestEpoch: number;
  readonly epochs: readonly EpochRecord[];
  /** The number of epochs over all sentences, held-out ones included, that followed; undefined if there were none. */
  readonly wholeEpochs?: number | undefined;
}

/** A network and its training history. */
export interface TrainedNetwork {
  readonly network: Network;
  readonly history: History;
}

/** The parts of a model that tagging needs. */
export interface ModelForTagging {
  readonly settings: Pick<Settings, 'documentShare'>;
  readonly language: Language;
  readonly network: Network;
  /** Networks of the same plan, on the same kernels, whose scores of tags are averaged with the first's. */
  readonly others?: readonly { readonly network: Network }[] | undefined;
  /** The divisor of scores before these become probabilities; undefined, which counts as 1, if it was not chosen. */
  readonly temperature?: number | undefined;
  /** How far words of a document share evidence; undefined if it is as the settings say. */
  readonly documentShare?: number | undefined;
  /** How surely the names of dev were found; undefined if dev has none, or in checkpoints of versions that did not store it. */
  readonly hiding?: HidingScores | undefined;
}

/** Returns how far the scores of a word move to their mean over its occurrences in a document, from 0 to 1. */
export function documentShareOf({
  documentShare,
  settings,
}: Pick<ModelForTagging, 'documentShare' | 'settings'>): number {
  return documentShare ?? settings.documentShare;
}

/** The content of a checkpoint. */
export interface Model extends ModelForTagging, TrainedNetwork {
  readonly settings: Settings;
  readonly others?: readonly TrainedNetwork[] | undefined;
  /** Undefined in checkpoints of versions that did not store them. */
  readonly entities?: KnownEntities | undefined;
  readonly corpora: Corpora;
  /** How dev was tagged before the networks were trained on it; undefined if they were not, so that it can be scored again. */
  readonly heldOut?: HeldOutCounts | undefined;
  /** Undefined if all of the training corpus was annotated. */
  readonly annotation?: Annotation | undefined;
  /** The checkpoint that the training went on with, then the one that this one went on with, and so on. */
  readonly initial?: readonly InitialCheckpoint[] | undefined;
  readonly vectors?: VectorsFingerprint | undefined;
}
