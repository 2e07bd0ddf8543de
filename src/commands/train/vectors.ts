import { badUsage } from '../../errors.js';
import type { Model } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { vectorNotices } from '../../reports/vector-coverage.js';
import type { Settings } from '../../settings/settings.js';
import type { WordForm } from '../../text/vocabulary.js';
import { type Notice, noticesOf } from '../notice.js';
import type { TrainingCorpora } from './corpora.js';
import type { InitialModel } from './initial.js';
import { readVectors, type Vectors } from './read-vectors.js';

/**
 * Reads the vectors of a file, or takes those of the model that a training goes on with.
 *
 * @param form of the vocabulary's words, by which words with vectors are matched
 * @throws UserError if the file is not as it should be, exit code 3, or other options forbid vectors, exit code 2
 */
export async function* takeVectors(
  path: string | undefined,
  initial: InitialModel | undefined,
  { train, scored: { dev } }: TrainingCorpora,
  form: WordForm,
  { vocabularySize: size, input }: Pick<Settings, 'vocabularySize' | 'input'>,
): AsyncGenerator<Notice, Vectors | undefined, undefined> {
  if (path !== undefined && initial)
    throw badUsage(
      '--vectors are taken when a model is first trained: one that goes on keeps what it has',
      'leave out --vectors or --init-from',
    );
  if (path !== undefined && input === 'sum')
    throw badUsage('vectors need rows side by side', 'add --input concatenate, or leave out --vectors');
  if (path !== undefined) yield* noticesOf(`reading the vectors of ${nameOf(path)}`);
  const vectors =
    path === undefined ? initial && vectorsOf(initial.model) : await readVectors(path, train.sentences, form, size);
  if (!vectors) return undefined;
  yield* noticesOf(...vectorNotices(vectors.words, train.sentences, dev.sentences, form));
  return vectors;
}

function vectorsOf({ vectors, language, network }: Model): Vectors | undefined {
  const { vectors: words } = language.features;
  return vectors && words && { ...vectors, words, numbers: network.copyVectors() };
}
