import { badUsage } from '../../errors.js';
import type { Model } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { readVectors, type Vectors } from '../../node/vectors-file.js';
import { vectorNotices } from '../../reports/vector-coverage.js';
import type { Settings } from '../../settings/settings.js';
import type { LabelledSentences } from '../../text/scheme.js';
import type { WordForm } from '../../text/vocabulary.js';
import type { Notice } from './networks.js';

/** What vectors are chosen by. */
export interface VectorChoice {
  readonly train: LabelledSentences;
  readonly dev: LabelledSentences;
  readonly form: WordForm;
  /** The largest number of words. */
  readonly size: number;
  /** How rows meet the recurrence. */
  readonly input: Settings['input'];
}

/**
 * The vectors of a file; of a model that a training goes on with, its own.
 *
 * @throws UserError where the file is not as it should be, exit code 3, or they do not go with the rest, exit code 2
 */
export async function* takeVectors(
  path: string | undefined,
  old: Model | undefined,
  { train, dev, form, size, input }: VectorChoice,
): AsyncGenerator<Notice, Vectors | undefined, undefined> {
  if (path !== undefined && old)
    throw badUsage(
      '--vectors are taken when a model is first trained: one that goes on keeps what it has',
      'leave out --vectors or --init-from',
    );
  if (path !== undefined && input === 'sum')
    throw badUsage('vectors need rows side by side', 'add --input concatenate, or leave out --vectors');
  if (path !== undefined) yield { kind: 'notice', text: `reading the vectors of ${nameOf(path)}` };
  const vectors = path === undefined ? old && vectorsOf(old) : await readVectors(path, train.sentences, form, size);
  if (!vectors) return undefined;
  for (const text of vectorNotices(vectors.words, train.sentences, dev.sentences, form)) yield { kind: 'notice', text };
  return vectors;
}

function vectorsOf({ vectors, language, network }: Model): Vectors | undefined {
  const { vectors: words } = language.features;
  return vectors && words && { ...vectors, words, numbers: network.copyVectors() };
}
