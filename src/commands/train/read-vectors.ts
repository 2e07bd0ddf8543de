import { badInput } from '../../errors.js';
import { VectorLines } from '../../formats/vectors-lines.js';
import type { VectorsFingerprint } from '../../model/model.js';
import { createDigest } from '../../node/digest.js';
import { nameOf, streamBytes } from '../../node/files.js';
import { readLines } from '../../node/lines.js';
import { foldWord, type WordForm } from '../../text/vocabulary.js';
import { VectorWords } from '../../text/word-vectors.js';

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
export async function readVectors(
  path: string,
  sentences: readonly { readonly tokens: readonly string[] }[],
  form: WordForm,
  size: number,
): Promise<Vectors> {
  const source = nameOf(path);
  const digest = createDigest();
  const lines = new VectorLines(source);
  const wanted = new WantedWords(sentences, form);
  const seen = new Set<string>();
  const ofCorpus: KeptVector[] = [];
  const others: KeptVector[] = [];
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of streamBytes(path)) {
      digest.add(chunk);
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
  return { words, numbers: layOut(kept, lines.width), sha256: digest.end() };
}

/** The words of a corpus that have no vector yet, as they are spelt and in their form. */
class WantedWords {
  readonly #form: WordForm;
  readonly #tokens = new Set<string>();
  readonly #forms = new Set<string>();

  constructor(sentences: readonly { readonly tokens: readonly string[] }[], form: WordForm) {
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
