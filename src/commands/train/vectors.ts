import { badUsage } from '../../errors.js';
import type { Model } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import type { Settings } from '../../settings/settings.js';
import { counted, grouped } from '../../text/counts.js';
import type { TokenLists } from '../../text/sentence.js';
import { countWords, foldWord, UNKNOWN_ID, type WordForm } from '../../text/vocabulary.js';
import type { VectorWords } from '../../text/word-vectors.js';
import { type Notice, noticesOf } from '../story.js';
import type { TrainingCorpora } from './data.js';
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
  { train, dev }: TrainingCorpora,
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
  if (path !== undefined && vectors.repeated)
    yield* noticesOf(
      `warning: ${nameOf(path)}: ${counted(vectors.repeated, 'vector')} left out, of words that have one before`,
    );
  yield* noticesOf(...vectorNotices(vectors.words, train.sentences, dev.sentences, form));
  return vectors;
}

function vectorsOf({ vectors, language, network }: Model): Vectors | undefined {
  const { vectors: words } = language.features.knowledge;
  return vectors && words && { ...vectors, words, numbers: network.copyVectors() };
}

/** Vectors that cover a smaller fraction of the corpus's tokens are probably not suitable. */
const FEW = 0.3;

/** Returns notices about how much of a corpus pre-trained vectors cover, with a warning if it is little. */
function vectorNotices(vectors: VectorWords, train: TokenLists, dev: TokenLists, form: WordForm): string[] {
  const forms = [...countWords(train, form).keys()];
  const known = forms.filter((word) => vectors.idOf(word, word) !== UNKNOWN_ID).length;
  const ofTrain = coveredTokens(vectors, train, form);
  const coverage =
    `vectors: ${grouped(vectors.width)} numbers each; ` +
    `they cover ${grouped(known)} of ${grouped(forms.length)} words of the corpus (${share(known / forms.length)}), ` +
    `${share(ofTrain)} of its tokens and ${share(coveredTokens(vectors, dev, form))} of the tokens of dev`;
  if (ofTrain >= FEW) return [coverage];
  return [coverage, 'warning: few words have vectors; are the vectors for this language, and are words spelled alike?'];
}

/** Returns the fraction of tokens that have a vector. */
function coveredTokens(vectors: VectorWords, sentences: TokenLists, form: WordForm): number {
  let covered = 0;
  let all = 0;
  for (const { tokens } of sentences) {
    all += tokens.length;
    for (const token of tokens) if (vectors.idOf(token, foldWord(token, form)) !== UNKNOWN_ID) covered++;
  }
  return covered / Math.max(1, all);
}

/** Formats a fraction in per cent: `0.658` as `65.8 %`. */
function share(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
