import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import { createScoredReader, type LabelledSentences } from '../text/scheme.js';
import type { Sentence, Span } from '../text/sentence.js';

/** What one annotator labelled. */
export interface Annotator extends LabelledSentences {
  /** Name in messages and reports. */
  readonly name: string;
  /** The place of each sentence in messages, as in `anna.conll:12`. */
  readonly places: readonly string[];
}

/** A sentence with the spans of every annotator. */
export interface AnnotatedSentence {
  /** The sentence of the first annotator, with the tokens that all spans are counted in. */
  readonly sentence: Sentence;
  /** The number of the sentence among those of the first annotator. */
  readonly index: number;
  /** For each annotator the spans, or each token with its tag where tags spell none; without those that are not compared. */
  readonly spans: readonly (readonly Span[])[];
  /** Whether each token is left out of comparisons, since an annotator does not know its tag. */
  readonly isUnknown: readonly boolean[];
  /** The spans of the first annotator that are not compared, since all their tokens are left out. */
  readonly uncompared: readonly Span[];
}

/**
 * Puts the labels of annotators side by side. Sentences may stand in another order, and tokens may be cut elsewhere; the cuts of
 * all then count.
 *
 * @throws {UserError} if the annotators' texts differ, with the place of the first difference, exit code 3
 */
export function alignAnnotators(annotators: readonly Annotator[]): AnnotatedSentence[] {
  const [first, ...others] = annotators;
  if (!first) return [];
  const orders = others.map((other) => orderLike(first, other));
  const readers = annotators.map(({ scheme }) => createScoredReader(scheme));
  return first.sentences.map((sentence, index) => {
    const same = [sentence, ...others.map((other, number) => at(other.sentences, at(at(orders, number), index)))];
    const ends = [...new Set(same.flatMap(({ tokens }) => endsOf(tokens)))].sort((a, b) => a - b);
    const isCut = same.some(({ tokens }) => tokens.length !== ends.length);
    const all = same.map((each, number) => {
      const own = at(readers, number)(each.tags);
      return isCut ? own.map((span) => recount(span, endsOf(each.tokens), ends)) : own;
    });
    const isUnknown = new Array<boolean>(ends.length).fill(false);
    for (const each of same) markUnknown(isUnknown, each, ends);
    const isCompared = ({ start, end }: Span): boolean => isUnknown.slice(start, end).includes(false);
    return {
      sentence: isCut ? withCuts(sentence, ends) : sentence,
      index,
      spans: all.map((own) => own.filter(isCompared)),
      isUnknown,
      uncompared: at(all, 0).filter((span) => !isCompared(span)),
    };
  });
}

/** Returns for each sentence of an annotator the number of the same sentence of another. */
function orderLike(first: Annotator, other: Annotator): number[] {
  const waiting = new Map<string, number[]>();
  for (const [index, sentence] of other.sentences.entries()) {
    const text = textOf(sentence);
    const found = waiting.get(text);
    if (found) found.push(index);
    else waiting.set(text, [index]);
  }
  const order = first.sentences.map((sentence, index) => {
    const found = waiting.get(textOf(sentence))?.shift();
    if (found === undefined) throw missing(first, index, other);
    return found;
  });
  const used = new Set(order);
  const extra = other.sentences.findIndex((_, index) => !used.has(index));
  if (extra >= 0) throw missing(other, extra, first);
  return order;
}

function missing({ sentences, places }: Annotator, index: number, other: Annotator): Error {
  const words = at(sentences, index).tokens.join(' ');
  const shown = words.length > 60 ? `${words.slice(0, 60)}…` : words;
  return badInput(
    `${at(places, index)}: ${other.name} lacks the sentence ${JSON.stringify(shown)}`,
    'annotators must have labelled the same sentences, in whatever order',
  );
}

/** Returns the characters of a sentence, however it is cut. */
function textOf({ tokens }: Sentence): string {
  return tokens.join('');
}

/** Returns where tokens end in the characters of their sentence. */
function endsOf(tokens: readonly string[]): number[] {
  let end = 0;
  return tokens.map((token) => {
    end += token.length;
    return end;
  });
}

/** Marks the tokens, which end at `ends`, of which a sentence does not tell the tag. */
function markUnknown(isUnknown: boolean[], { tokens, possible }: Sentence, ends: readonly number[]): void {
  const own = endsOf(tokens);
  for (const [t, labels] of possible?.entries() ?? []) {
    if (labels === undefined) continue;
    const { start, end } = recount({ label: '', start: t, end: t + 1 }, own, ends);
    isUnknown.fill(true, start, end);
  }
}

/** Counts a span in the tokens of more cuts. */
function recount({ label, start, end }: Span, own: readonly number[], ends: readonly number[]): Span {
  const from = start === 0 ? 0 : ends.indexOf(at(own, start - 1)) + 1;
  return { label, start: from, end: ends.indexOf(at(own, end - 1)) + 1 };
}

function withCuts(sentence: Sentence, ends: readonly number[]): Sentence {
  const text = textOf(sentence);
  return { ...sentence, tokens: ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end)), tags: [] };
}
