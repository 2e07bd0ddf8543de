import { badInput, badUsage } from '../../errors.js';
import { VectorLines } from '../../formats/vectors-lines.js';
import type { Model, VectorsFingerprint } from '../../model/model.js';
import { createDigest, nameOf, streamBytes } from '../../node/files.js';
import { readLines } from '../../node/lines.js';
import type { Settings } from '../../settings/settings.js';
import { grouped } from '../../text/counts.js';
import type { TokenLists } from '../../text/sentence.js';
import { countWords, foldWord, UNKNOWN_ID, type WordForm } from '../../text/vocabulary.js';
import { VectorWords } from '../../text/word-vectors.js';
import { type Notice, noticesOf } from '../story.js';
import type { TrainingCorpora } from './data.js';
import type { InitialModel } from './initial.js';

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
  yield* noticesOf(...vectorNotices(vectors.words, train.sentences, dev.sentences, form));
  return vectors;
}

function vectorsOf({ vectors, language, network }: Model): Vectors | undefined {
  const { vectors: words } = language.features;
  return vectors && words && { ...vectors, words, numbers: network.copyVectors() };
}

/** Pre-trained vectors of words. */
export interface Vectors extends VectorsFingerprint {
  readonly words: VectorWords;
  /** (words, width), scaled to the size that the rows of a table begin with */
  readonly numbers: Float32Array;
}

interface KeptVector {
  readonly word: string;
  readonly numbers: Float32Array;
  /** Place of its line in the file. */
  readonly place: number;
}

/**
 * Reads a file of vectors as a stream, gzip too. Keeps the vectors of the corpus's words, and fills up with those that come first.
 *
 * @param form of the vocabulary's words, by which words of the file and of the corpus are matched
 * @param size the largest number of words that are kept
 * @throws UserError with file and line if it is no such file, exit code 3
 */
export async function readVectors(path: string, sentences: TokenLists, form: WordForm, size: number): Promise<Vectors> {
  const source = nameOf(path);
  const digest = createDigest();
  const lines = new VectorLines(source);
  const wanted = new WantedWords(sentences, form);
  const seen = new Set<string>();
  const ofCorpus: KeptVector[] = [];
  const others: KeptVector[] = [];
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of streamBytes(path)) {
      digest.update(chunk);
      yield chunk;
    }
  };
  for await (const group of readLines(bytes(), source)) {
    for (const text of group) {
      if (typeof text !== 'string') throw badInput(text.error);
      const line = lines.read(text);
      if (!line) continue;
      const isWanted = wanted.take(line.word);
      if ((!isWanted && others.length >= size) || seen.has(line.word)) continue;
      seen.add(line.word);
      (isWanted ? ofCorpus : others).push({ word: line.word, numbers: line.parse(), place: lines.words });
    }
  }
  lines.end();
  const kept = [...ofCorpus, ...others].slice(0, size).sort((a, b) => a.place - b.place);
  const words = new VectorWords(
    kept.map(({ word }) => word),
    lines.width,
    form,
  );
  return { words, numbers: layOut(kept, lines.width), sha256: digest.digest('hex') };
}

/** The words of a corpus that have no vector yet, as they are spelt and in their form. */
class WantedWords {
  readonly #form: WordForm;
  readonly #tokens = new Set<string>();
  readonly #forms = new Set<string>();

  constructor(sentences: TokenLists, form: WordForm) {
    this.#form = form;
    for (const { tokens } of sentences) for (const token of tokens) this.#tokens.add(token);
    for (const token of this.#tokens) this.#forms.add(foldWord(token, form));
  }

  /** Strikes a word off; returns whether it was one of them. */
  take(word: string): boolean {
    const isToken = this.#tokens.delete(word);
    return this.#forms.delete(foldWord(word, this.#form)) || isToken;
  }
}

/** Lays vectors side by side, scaled to the mean square of 1 / width with which the rows of a trained table begin. */
function layOut(vectors: readonly { readonly numbers: Float32Array }[], width: number): Float32Array {
  const all = new Float32Array(vectors.length * width);
  for (const [index, { numbers }] of vectors.entries()) all.set(numbers, index * width);
  const squares = all.reduce((sum, number) => sum + number ** 2, 0);
  const scale = squares > 0 ? Math.sqrt(vectors.length / squares) : 1;
  return all.map((number) => number * scale);
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
