import type { CorpusReading } from '../../formats/corpus-reading.js';
import type { Corpora } from '../../model/model.js';
import type { Settings } from '../../settings/settings.js';
import type { LabelledSentences } from '../../text/scheme.js';
import type { Notice } from '../notice.js';
import { type DataOptions, readTrainingData } from './data.js';
import type { InitialModel } from './initial.js';
import { type KeptOptions, mixSentences, readKeptData } from './kept-data.js';

/** What a model is scored on. */
export interface ScoredParts {
  readonly dev: LabelledSentences;
  readonly test: LabelledSentences | undefined;
  /** Shows what a model that learns more forgets. */
  readonly oldDev: LabelledSentences | undefined;
}

/** All sentences of a training. */
export interface TrainingCorpora {
  /** New sentences, and those that are kept of what a model was trained on before. */
  readonly train: LabelledSentences;
  readonly scored: ScoredParts;
  readonly fingerprints: Corpora;
  readonly reading: CorpusReading;
}

/**
 * Reads all corpora of a training.
 *
 * @throws UserError if a corpus cannot be read
 */
export async function* readCorpora(
  options: DataOptions & KeptOptions,
  settings: Settings,
  initial: InitialModel | undefined,
): AsyncGenerator<Notice, TrainingCorpora, undefined> {
  const { train, dev, test, corpora, reading } = yield* readTrainingData(
    options,
    settings,
    initial?.model.language.tags,
  );
  if (!initial) return { train, scored: { dev, test, oldDev: undefined }, fingerprints: corpora, reading };
  const kept = yield* readKeptData(options, reading, initial.model);
  return {
    train: mixSentences(train, kept.train, initial.model),
    scored: { dev, test, oldDev: kept.oldDev },
    fingerprints: { ...corpora, ...(kept.fingerprint && { keep: kept.fingerprint }) },
    reading,
  };
}
