import { hasSpans } from '../text/scheme.js';
import { countTokens } from '../text/sentence.js';
import { labelledPieces, type Part, type PartName, wordsOf } from './part.js';

/** Of what a corpus consists. */
export interface PartStatistics {
  readonly name: PartName;
  readonly documents: number;
  readonly sentences: number;
  readonly tokens: number;
  readonly longestSentence: number;
  /** Different words, as they are written. */
  readonly words: number;
  /** Words that have several labels, being no entity one of them. */
  readonly ambiguousWords: number;
  /** Fraction of the tokens that are such words. */
  readonly ambiguity: number;
  /** Entities; 0 where tags spell none. */
  readonly entities: number;
  /** How often each label occurs, by label in code-unit order: entities, or tokens where tags spell none. */
  readonly labels: readonly (readonly [label: string, count: number])[];
  /** Fraction of the tokens whose word the training corpus lacks; undefined for train itself. */
  readonly unknownRate?: number;
  /** Fraction of the entities whose words are no entity of the training corpus; undefined for train itself. */
  readonly unseenEntities?: number;
}

/** Measures each part; dev and test beside train too. */
export function statisticsOf(parts: readonly Part[]): PartStatistics[] {
  const train = parts.find(({ name }) => name === 'train');
  const words = new Set(train?.sentences.flatMap(({ tokens }) => tokens));
  const entities = train && hasSpans(train.scheme) ? namesOf(train) : new Set<string>();
  return parts.map((part) => {
    const statistics = measure(part);
    if (part.name === 'train') return statistics;
    const names = [...labelledPieces(part)].map((piece) => wordsOf(piece.sentence, piece));
    const unknown = part.sentences.reduce(
      (sum, { tokens }) => sum + tokens.filter((token) => !words.has(token)).length,
      0,
    );
    return {
      ...statistics,
      unknownRate: ratio(unknown, statistics.tokens),
      ...(statistics.entities > 0 && {
        unseenEntities: ratio(names.filter((name) => !entities.has(name)).length, statistics.entities),
      }),
    };
  });
}

function measure(part: Part): PartStatistics {
  const labels = new Map<string, number>();
  for (const { label } of labelledPieces(part)) labels.set(label, (labels.get(label) ?? 0) + 1);
  const tokens = countTokens(part.sentences);
  const words = usesOfWords(part);
  const ambiguous = [...words.values()].filter(({ labels }) => labels.size > 1);
  return {
    name: part.name,
    documents: new Set(part.sentences.map(({ file, document }) => `${document} ${file}`)).size,
    sentences: part.sentences.length,
    tokens,
    longestSentence: part.sentences.reduce((longest, sentence) => Math.max(longest, sentence.tokens.length), 0),
    words: words.size,
    ambiguousWords: ambiguous.length,
    ambiguity: ratio(
      ambiguous.reduce((sum, { count }) => sum + count, 0),
      tokens,
    ),
    entities: part.spans.reduce((sum, spans) => sum + spans.length, 0),
    labels: [...labels].sort(([labelA], [labelB]) => (labelA < labelB ? -1 : 1)),
  };
}

interface WordUse {
  readonly count: number;
  /** '' where it is in no entity. */
  readonly labels: ReadonlySet<string>;
}

function usesOfWords(part: Part): ReadonlyMap<string, WordUse> {
  const uses = new Map<string, { count: number; labels: Set<string> }>();
  for (const [number, { tokens, tags }] of part.sentences.entries()) {
    const labels = hasSpans(part.scheme) ? new Array<string>(tokens.length).fill('') : tags.slice();
    for (const { label, start, end } of part.spans[number] ?? []) labels.fill(label, start, end);
    for (const [index, token] of tokens.entries()) {
      const use = uses.get(token) ?? { count: 0, labels: new Set() };
      use.count++;
      use.labels.add(labels[index] as string);
      uses.set(token, use);
    }
  }
  return uses;
}

function namesOf(part: Part): Set<string> {
  return new Set([...labelledPieces(part)].map((piece) => wordsOf(piece.sentence, piece)));
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
