import { countEach } from '../text/counts.js';
import { hasSpans } from '../text/scheme.js';
import { countTokens } from '../text/sentence.js';
import { type Part, type PartName, wordsOf } from './part.js';

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

/** Measures each part, and compares dev and test with train. */
export function statisticsOf(parts: readonly Part[]): PartStatistics[] {
  const train = parts.find(({ name }) => name === 'train');
  const known = train && hasSpans(train.scheme) ? new Set(train.pieces.map(wordsOf)) : new Set<string>();
  return parts.map((part) => {
    const statistics = measure(part);
    if (!train || part === train) return statistics;
    const unknown = [...part.words].reduce((sum, [word, count]) => sum + (train.words.has(word) ? 0 : count), 0);
    const unseen = part.pieces.filter((piece) => !known.has(wordsOf(piece))).length;
    return {
      ...statistics,
      unknownRate: ratio(unknown, statistics.tokens),
      ...(statistics.entities > 0 && { unseenEntities: ratio(unseen, statistics.entities) }),
    };
  });
}

function measure(part: Part): PartStatistics {
  const labels = countEach(part.pieces.map(({ label }) => label));
  const tokens = countTokens(part.sentences);
  const ambiguous = ambiguousWords(part);
  return {
    name: part.name,
    documents: new Set(part.sentences.map(({ file, document }) => `${document} ${file}`)).size,
    sentences: part.sentences.length,
    tokens,
    longestSentence: part.sentences.reduce((longest, sentence) => Math.max(longest, sentence.tokens.length), 0),
    words: part.words.size,
    ambiguousWords: ambiguous.length,
    ambiguity: ratio(
      ambiguous.reduce((sum, word) => sum + (part.words.get(word) ?? 0), 0),
      tokens,
    ),
    entities: hasSpans(part.scheme) ? part.pieces.length : 0,
    labels: [...labels].sort(([labelA], [labelB]) => (labelA < labelB ? -1 : 1)),
  };
}

/** Returns the words that have several labels, or one label in some places and none in others. */
function ambiguousWords({ pieces, words }: Part): string[] {
  const uses = new Map<string, { labelled: number; labels: Set<string> }>();
  for (const { sentence, label, start, end } of pieces) {
    for (const word of sentence.tokens.slice(start, end)) {
      const use = uses.get(word) ?? { labelled: 0, labels: new Set() };
      use.labelled++;
      use.labels.add(label);
      uses.set(word, use);
    }
  }
  return [...uses]
    .filter(([word, { labelled, labels }]) => labels.size > 1 || labelled < (words.get(word) ?? 0))
    .map(([word]) => word);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
