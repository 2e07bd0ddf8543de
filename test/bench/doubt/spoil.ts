import { at } from '../../../src/numerics/at.js';
import type { Random } from '../../../src/numerics/random.js';
import { type LabelledSentences, spansOf, tagsOf } from '../../../src/text/scheme.js';
import type { Sentence, Span } from '../../../src/text/sentence.js';

export const KINDS = ['dropped', 'relabelled', 'moved'] as const;

/** An entity that was spoiled. */
export interface Spoilt {
  readonly kind: (typeof KINDS)[number];
  /** Number of the sentence, from 0. */
  readonly sentence: number;
  readonly before: Span;
  /** Undefined if it was dropped. */
  readonly after: Span | undefined;
}

export interface SpoiltCorpus {
  readonly sentences: readonly Sentence[];
  /** Number of the entities that it had. */
  readonly spans: number;
  readonly spoilt: readonly Spoilt[];
}

/** Spoils a share of the entities of a corpus: drops, relabels, or moves one end by a token, a third each. */
export function spoil({ sentences, scheme }: LabelledSentences, share: number, random: Random): SpoiltCorpus {
  const spans = sentences.map(({ tags }) => spansOf(tags, scheme));
  const labels = [...new Set(spans.flatMap((each) => each.map(({ label }) => label)))].sort();
  const entities = spans.flatMap((each, sentence) => each.map((before, place) => ({ sentence, before, place })));
  const count = entities.length;
  const wanted = Math.round(share * count);
  random.shuffle(entities);
  const spoilt: Spoilt[] = [];
  for (const { sentence, before, place } of entities) {
    if (spoilt.length >= wanted) break;
    const kind = at(KINDS, spoilt.length % KINDS.length);
    const own = at(spans, sentence);
    const changes = changesOf(kind, before, own, at(sentences, sentence).tokens.length, labels);
    if (changes.length === 0) continue;
    const { after } = at(changes, random.below(changes.length));
    own[place] = after ?? { ...before, end: before.start };
    spoilt.push({ kind, sentence, before, after });
  }
  return {
    sentences: sentences.map((sentence, index) => {
      const kept = at(spans, index).filter(({ start, end }) => end > start);
      return { ...sentence, tags: tagsOf(kept, sentence.tokens.length, scheme) };
    }),
    spans: count,
    spoilt,
  };
}

/** Returns what may become of an entity. */
function changesOf(
  kind: Spoilt['kind'],
  span: Span,
  others: readonly Span[],
  length: number,
  labels: readonly string[],
): Pick<Spoilt, 'after'>[] {
  if (kind === 'dropped') return [{ after: undefined }];
  if (kind === 'relabelled')
    return labels.filter((label) => label !== span.label).map((label) => ({ after: { ...span, label } }));
  const moved = [
    { ...span, start: span.start - 1 },
    { ...span, start: span.start + 1 },
    { ...span, end: span.end - 1 },
    { ...span, end: span.end + 1 },
  ];
  const isFree = ({ start, end }: Span): boolean =>
    start >= 0 &&
    end <= length &&
    start < end &&
    others.every((other) => other === span || end <= other.start || start >= other.end);
  return moved.filter(isFree).map((after) => ({ after }));
}
