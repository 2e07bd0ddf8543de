import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import { quote } from '../text/quote.js';
import { SortedWords } from '../text/sorted-words.js';
import { type Clustering, MOST_CLUSTERS, MOST_DIVISIONS, WordClusters } from '../text/word-clusters.js';

/** The largest number of words that have clusters. */
const MOST_WORDS = 2_000_000;

/** The lengths of the prefixes of Brown's paths that are used as clusters (Turian, Ratinov & Bengio 2010, section 3). */
const PATH_LENGTHS = [4, 6, 10, 20];

const HINT =
  'each line holds a word and the number of its cluster, or of several, coarse ones first, separated by tabs; or the path, the word and the count that programs for Brown clusters write';

interface ClusteredWord {
  readonly word: string;
  readonly clusters: readonly number[];
}

/** Reads files of clusters line by line: words with numbers, or Brown's paths with words. */
export class ClusterLines {
  readonly #source: string;
  readonly #words = new Map<string, number>();
  readonly #read: ClusteredWord[] = [];
  /** The numbers of clusters by path, for each length of `PATH_LENGTHS`. */
  readonly #paths = PATH_LENGTHS.map(() => new Map<string, number>());
  #hasPaths = false;
  #line = 0;

  /** @param source name of the file in messages */
  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Reads the next line.
   *
   * @throws {UserError} with file and line, if it is not like the first, or its word was there before, exit code 3
   */
  read(text: string): void {
    this.#line++;
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (line === '') return;
    const fields = line.includes('\t') ? line.split('\t') : line.split(/ +/);
    if (this.#read.length === 0) this.#hasPaths = isPathLine(fields);
    const { word, clusters } = this.#hasPaths ? this.#readPath(fields) : this.#readNumbers(fields);
    if (word === '') throw this.#wrong('expected a word, found nothing');
    const before = this.#words.get(word);
    if (before !== undefined) throw this.#wrong(`${quote(word)} has clusters already, on line ${before}`);
    if (this.#words.size === MOST_WORDS)
      throw badInput(`${this.#source}: more than ${MOST_WORDS} words`, 'keep the most frequent ones');
    this.#words.set(word, this.#line);
    this.#read.push({ word, clusters });
  }

  /**
   * Ends the file, and returns what was read.
   *
   * @throws {UserError} if no line had a word, exit code 3
   */
  end(sha256: string): WordClusters {
    const [first] = this.#read;
    if (!first) throw badInput(`${this.#source}: no clusters in it`, HINT);
    const sorted = this.#read.sort((a, b) => (a.word < b.word ? -1 : 1));
    const clusterings = first.clusters.map((_, place): Clustering => {
      const numbers = Uint16Array.from(sorted, ({ clusters }) => at(clusters, place));
      return { size: numbers.reduce((most, number) => Math.max(most, number), 0) + 1, numbers };
    });
    return new WordClusters(SortedWords.of(sorted.map(({ word }) => word)), clusterings, sha256);
  }

  #readNumbers([word = '', ...fields]: readonly string[]): ClusteredWord {
    const expected = this.#read[0]?.clusters.length;
    if (fields.length === 0) throw this.#wrong('expected a word and the numbers of its clusters, found one column');
    if (fields.length > MOST_DIVISIONS)
      throw this.#wrong(`expected at most ${MOST_DIVISIONS} clusters, found ${fields.length}`);
    if (expected !== undefined && fields.length !== expected)
      throw this.#wrong(`expected ${expected} clusters, as the first word has, found ${fields.length}`);
    const clusters = fields.map((field) => {
      if (/^\d{1,5}$/.test(field) && Number(field) < MOST_CLUSTERS) return Number(field);
      throw this.#wrong(`expected the number of a cluster, below ${MOST_CLUSTERS}, found ${quote(field)}`);
    });
    return { word, clusters };
  }

  #readPath([path = '', word = '', ...rest]: readonly string[]): ClusteredWord {
    if (!/^[01]{1,100}$/.test(path) || rest.length > 1)
      throw this.#wrong(`expected a path of 0 and 1, a word and a count, found ${quote(path)}`);
    const clusters = PATH_LENGTHS.map((length, place) => {
      const numbers = at(this.#paths, place);
      const prefix = path.slice(0, length);
      const number = numbers.get(prefix) ?? numbers.size;
      numbers.set(prefix, number);
      if (number >= MOST_CLUSTERS) throw this.#wrong(`expected at most ${MOST_CLUSTERS} different paths`);
      return number;
    });
    return { word, clusters };
  }

  #wrong(what: string): Error {
    return badInput(`${this.#source}:${this.#line}: ${what}`, HINT);
  }
}

/** Returns whether a line has a path of 0 and 1, a word that is no number, and a count. */
function isPathLine([path = '', word = '', count = '', ...rest]: readonly string[]): boolean {
  return rest.length === 0 && /^[01]+$/.test(path) && !/^\d*$/.test(word) && /^\d+$/.test(count);
}

/** Yields the lines of a file of clusters in pieces: words in code-unit order, coarse divisions first. */
export function* writeClusters({ words, clusterings }: WordClusters): Generator<string> {
  for (let index = 0; index < words.size; index++)
    yield `${[words.word(index), ...clusterings.map(({ numbers }) => at(numbers, index))].join('\t')}\n`;
}
