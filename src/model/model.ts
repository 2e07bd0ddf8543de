import type { Settings } from '../settings/settings.js';
import type { KnownEntities } from './known-entities.js';
import type { Language } from './language.js';
import type { Network } from './network.js';

/** Fractions of 1. */
export interface EpochScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly accuracy: number;
}

export interface EpochRecord {
  readonly epoch: number;
  /** Mean loss of a training sentence. */
  readonly loss: number;
  readonly dev: EpochScores;
}

/** Which corpus it was, without its name. */
export interface CorpusFingerprint {
  /** SHA-256 of the files' bytes, in hexadecimal; of several files one after the other. */
  readonly sha256: string;
  readonly sentences: number;
  readonly tokens: number;
}

export interface Corpora {
  readonly train: CorpusFingerprint;
  /** Undefined where a part of the training corpus was held out. */
  readonly dev?: CorpusFingerprint | undefined;
  /** An older corpus, whose sentences were mixed in. */
  readonly keep?: CorpusFingerprint | undefined;
}

/** A checkpoint that a training went on with. */
export interface InitialCheckpoint {
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly corpora: Corpora;
}

/** Which file of vectors it was, without its name. */
export interface VectorsFingerprint {
  /** SHA-256 of its bytes, unpacked, in hexadecimal. */
  readonly sha256: string;
}

export interface History {
  /** The epoch whose weights were kept, from 1. */
  readonly bestEpoch: number;
  readonly epochs: readonly EpochRecord[];
}

/** A network, and how it was trained. */
export interface TrainedNetwork {
  readonly network: Network;
  readonly history: History;
}

/** What tagging needs of a model. */
export interface ModelForTagging {
  readonly settings: Pick<Settings, 'documentShare'>;
  readonly language: Language;
  readonly network: Network;
  /** As of `Model`. */
  readonly others?: readonly { readonly network: Network }[] | undefined;
  readonly temperature?: number | undefined;
}

/** All that a checkpoint holds. */
export interface Model extends TrainedNetwork {
  readonly settings: Settings;
  readonly language: Language;
  /** Networks of the same plan, on the same kernels, whose scores of tags are averaged with the first's. */
  readonly others?: readonly TrainedNetwork[] | undefined;
  /** What scores are divided by before they become probabilities; undefined where it was not chosen: 1. */
  readonly temperature?: number | undefined;
  /** Undefined in checkpoints of versions that did not store them. */
  readonly entities?: KnownEntities | undefined;
  readonly corpora: Corpora;
  /** The checkpoint that the training went on with, then that which this one had gone on with, and so on. */
  readonly initial?: readonly InitialCheckpoint[] | undefined;
  /** Of the pre-trained vectors, where there are some. */
  readonly vectors?: VectorsFingerprint | undefined;
}
