import { at } from '../text/at.js';
import { NameTree } from '../text/name-tree.js';
import { NumberList } from '../text/number-list.js';
import { hasSpans } from '../text/scheme.js';
import type { LabelledSentence, Part, PartName, SentenceCheck } from './part.js';

/** Counts and shares of one part of the data. */
export interface PartStatistics {
  readonly name: PartName;
  readonly documents: number;
  readonly sentences: number;
  readonly tokens: number;
  readonly longestSentence: number;
  /** Number of distinct words, as they are written. */
  readonly words: number;
  /** Number of words with several labels, where being no entity counts as one. */
  readonly ambiguousWords: number;
  /** Fraction of the tokens that are ambiguous words. */
  readonly ambiguity: number;
  /** Number of entities; 0 if tags spell no spans. */
  readonly entities: number;
  /** How often each label occurs, in code-unit order of labels: entities, or tokens if tags spell no spans. */
  readonly labels: readonly (readonly [label: string, count: number])[];
  /** Fraction of the tokens whose word is not in the training corpus; undefined for train itself. */
  readonly unknownRate?: number;
  /** Fraction of the entities whose words are not an entity of the training corpus; undefined for train itself. */
  readonly unseenEntities?: number;
}

/** Stands for several labels of a word. */
const SEVERAL = 1;

/** Measures a part. */
export class Measure implements SentenceCheck {
  readonly part: Part;
  /** The entities of the part. */
  readonly names = new NameTree();
  #documents = 0;
  #document = '';
  #tokens = 0;
  #longest = 0;
  #entities = 0;
  #unseen = 0;
  readonly #train: Measure | undefined;
  readonly #labels = new Map<string, number>();
  /** How many tokens of each word are labelled, and the number of their label, from 2. */
  readonly #labelled = new NumberList();
  readonly #labelOf = new NumberList();
  readonly #labelNumbers = new Map<string, number>();

  /** @param train the measure of the training corpus, if this part is another */
  constructor(part: Part, train?: Measure) {
    this.part = part;
    this.#train = train;
  }

  take({ file, document, words, pieces }: LabelledSentence): void {
    const of = `${document} ${file}`;
    if (of !== this.#document) this.#documents++;
    this.#document = of;
    this.#tokens += words.length;
    this.#longest = Math.max(this.#longest, words.length);
    for (const { label, start, end } of pieces) {
      this.#labels.set(label, (this.#labels.get(label) ?? 0) + 1);
      for (let index = start; index < end; index++) this.#addLabel(at(words, index), label);
      if (!hasSpans(this.part.scheme)) continue;
      const name = words.slice(start, end);
      this.#entities++;
      if (this.#train && !this.#train.names.has(name)) this.#unseen++;
      this.names.add(name);
    }
  }

  #addLabel(word: number, label: string): void {
    const number = this.#labelNumbers.get(label) ?? this.#labelNumbers.size + SEVERAL + 1;
    this.#labelNumbers.set(label, number);
    this.#labelled.increment(word);
    const before = this.#labelOf.get(word);
    if (before !== number) this.#labelOf.set(word, before === 0 ? number : SEVERAL);
  }

  statistics(): PartStatistics {
    const { name, sentenceCount, wordCounts } = this.part;
    let words = 0;
    let ambiguousWords = 0;
    let ambiguousTokens = 0;
    let unknown = 0;
    for (let word = 0; word < wordCounts.length; word++) {
      const count = wordCounts.get(word);
      if (count === 0) continue;
      words++;
      if (this.#train?.part.wordCounts.get(word) === 0) unknown += count;
      const labelled = this.#labelled.get(word);
      if (labelled === 0 || (labelled === count && this.#labelOf.get(word) !== SEVERAL)) continue;
      ambiguousWords++;
      ambiguousTokens += count;
    }
    return {
      name,
      documents: this.#documents,
      sentences: sentenceCount,
      tokens: this.#tokens,
      longestSentence: this.#longest,
      words,
      ambiguousWords,
      ambiguity: ratio(ambiguousTokens, this.#tokens),
      entities: this.#entities,
      labels: [...this.#labels].sort(([labelA], [labelB]) => (labelA < labelB ? -1 : 1)),
      ...(this.#train && {
        unknownRate: ratio(unknown, this.#tokens),
        ...(this.#entities > 0 && { unseenEntities: ratio(this.#unseen, this.#entities) }),
      }),
    };
  }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
