import { countLevels, type HidingScores } from '../model/hiding-scores.js';
import type { SentenceTagger } from '../model/tagger.js';
import { hasSpans, type LabelledSentences, spansOf } from '../text/scheme.js';
import { documentsOf, NO_DOCUMENT, type Sentence } from '../text/sentence.js';

/** The levels of a sentence: how surely a tagger finds its names, and takes its other tokens for parts of names. */
export interface SentenceHiding {
  /** For each gold entity, the level of the least sure of its tokens. */
  readonly names: readonly number[];
  /** For each token that is known to be outside of all gold entities, its level. */
  readonly outside: readonly number[];
}

/**
 * Finds how surely a tagger finds the names of sentences.
 *
 * @param tagger its own temperature is ignored
 * @param labelled sentences that were not used for training, whose tags mark spans
 */
export function hidingOfSentences(
  tagger: SentenceTagger,
  temperature: number,
  { sentences, scheme }: LabelledSentences,
): SentenceHiding[] {
  const levels = tagger.hidingLevels(
    sentences.map(({ tokens }) => tokens),
    temperature,
    documentsOf(sentences),
  );
  return sentences.map(({ tags, possible }: Sentence, index) => {
    const own = levels[index] ?? [];
    const spans = spansOf(tags, scheme);
    const isNamed = new Set(spans.flatMap(({ start, end }) => own.slice(start, end).map((_, t) => start + t)));
    return {
      names: spans.map(({ start, end }) => Math.min(...own.slice(start, end))),
      outside: own.filter((_, t) => !isNamed.has(t) && possible?.[t] === undefined),
    };
  });
}

/**
 * Measures on dev what `chooseHiding` needs.
 *
 * @param temperature undefined counts as 1
 * @returns undefined if dev has no entity, or if tags mark no spans
 */
export function measureHiding(
  tagger: SentenceTagger,
  temperature: number | undefined,
  dev: LabelledSentences,
): HidingScores | undefined {
  if (!hasSpans(tagger.language.scheme) || !hasSpans(dev.scheme)) return undefined;
  const found = hidingOfSentences(tagger, temperature ?? 1, dev);
  const groups = groupsOf(dev.sentences);
  const names = groups.map((group) => group.flatMap((index) => found[index]?.names ?? []));
  if (names.flat().length === 0) return undefined;
  return {
    names: names.filter(({ length }) => length > 0),
    outside: countLevels(found.flatMap((each) => each.outside)),
  };
}

/** How many documents are enough to tell how alike the names of one are. */
const ENOUGH_DOCUMENTS = 20;

/** How many neighbouring sentences stand for a document where a corpus does not mark enough of them. */
export const NEIGHBOURS = 10;

/** Returns the indices of the sentences of each document, or of so many neighbours. */
function groupsOf(sentences: readonly Sentence[]): number[][] {
  const documents = documentsOf(sentences);
  const marked = new Set(documents);
  const keyOf = (index: number): number =>
    marked.size >= ENOUGH_DOCUMENTS && documents[index] !== NO_DOCUMENT
      ? (documents[index] ?? NO_DOCUMENT)
      : -1 - Math.floor(index / NEIGHBOURS);
  const groups = new Map<number, number[]>();
  for (const index of sentences.keys()) {
    const key = keyOf(index);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()];
}
