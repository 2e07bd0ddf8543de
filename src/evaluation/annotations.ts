import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import { quote } from '../text/quote.js';
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
  /** For each token, the number of the first annotator's token that it is, or is a part of. */
  readonly tokenOf: readonly number[];
  /** For each annotator the spans, or each token with its tag where tags spell none; without those that are not compared. */
  readonly spans: readonly (readonly Span[])[];
  /** Whether each token is left out of comparisons, since an annotator does not know its tag. */
  readonly isUnknown: readonly boolean[];
  /** The spans of the first annotator that are not compared, since all their tokens are left out. */
  readonly uncompared: readonly Span[];
}

/** The sentences that all annotators have. */
export interface AlignedAnnotators {
  readonly sentences: readonly AnnotatedSentence[];
  /** For each annotator, how many sentences of the others are not among theirs, and where the first of these stands. */
  readonly lacking: readonly { readonly count: number; readonly first: string | undefined }[];
}

/**
 * Puts the labels of annotators side by side. Sentences may stand in another order, and tokens may be cut elsewhere; the cuts of
 * all then count. Sentences that an annotator lacks are left out.
 *
 * @throws {UserError} if annotators have no sentence in common, with the first that one of them lacks, exit code 3
 */
export function alignAnnotators(annotators: readonly Annotator[]): AlignedAnnotators {
  const readers = annotators.map(({ scheme }) => createScoredReader(scheme));
  const { common, lacking } = findCommon(annotators);
  const sentences = common.map((numbers): AnnotatedSentence => {
    const same = annotators.map(({ sentences: own }, number) => at(own, at(numbers, number)));
    const sentence = at(same, 0);
    const index = at(numbers, 0);
    const ends = [...new Set(same.flatMap(({ tokens }) => endsOf(tokens)))].sort((a, b) => a - b);
    const isCut = same.some(({ tokens }) => tokens.length !== ends.length);
    const own = endsOf(sentence.tokens);
    const all = same.map((each, number) => {
      const found = at(readers, number)(each.tags);
      return isCut ? found.map((span) => recount(span, endsOf(each.tokens), ends)) : found;
    });
    const isUnknown = new Array<boolean>(ends.length).fill(false);
    for (const each of same) markUnknown(isUnknown, each, ends);
    const isCompared = ({ start, end }: Span): boolean => isUnknown.slice(start, end).includes(false);
    return {
      sentence: isCut ? withCuts(sentence, ends) : sentence,
      index,
      tokenOf: ends.map((end, t) => (isCut ? own.findIndex((each) => each >= end) : t)),
      spans: all.map((each) => each.filter(isCompared)),
      isUnknown,
      uncompared: at(all, 0).filter((span) => !isCompared(span)),
    };
  });
  return { sentences, lacking };
}

/**
 * Finds the sentences that all annotators have, in the order of the first; equal ones go together one after the other.
 *
 * @returns for each common sentence its number among those of each annotator
 * @throws {UserError} if there is none
 */
function findCommon(annotators: readonly Annotator[]): {
  readonly common: readonly (readonly number[])[];
  readonly lacking: AlignedAnnotators['lacking'];
} {
  const numbers = annotators.map(({ sentences }) => numbersByText(sentences));
  const common: number[][] = [];
  const counts = new Array<number>(annotators.length).fill(0);
  const firsts: (string | undefined)[] = annotators.map(() => undefined);
  for (const text of new Set(numbers.flatMap((own) => [...own.keys()]))) {
    const all = numbers.map((own) => own.get(text) ?? []);
    const sizes = all.map(({ length }) => length);
    const most = Math.max(...sizes);
    for (let copy = 0; copy < Math.min(...sizes); copy++) common.push(all.map((own) => at(own, copy)));
    for (const [number, size] of sizes.entries()) {
      if (size === most) continue;
      counts[number] = at(counts, number) + most - size;
      const other = sizes.indexOf(most);
      firsts[number] ??= describe(at(annotators, other), at(at(all, other), size));
    }
  }
  const lacking = annotators.map((_, number) => ({ count: at(counts, number), first: firsts[number] }));
  const lacker = lacking.findLastIndex(({ count }) => count > 0);
  if (common.length === 0 && lacker >= 0)
    throw badInput(
      `the annotators have no sentence in common: ${at(annotators, lacker).name} lacks ${at(firsts, lacker)}`,
      'they must have labelled the same sentences, in whatever order',
    );
  return { common: common.sort((a, b) => at(a, 0) - at(b, 0)), lacking };
}

/** Returns the numbers of the sentences of each text. */
function numbersByText(sentences: readonly Sentence[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const [index, sentence] of sentences.entries()) {
    const text = textOf(sentence);
    const found = numbers.get(text);
    if (found) found.push(index);
    else numbers.set(text, [index]);
  }
  return numbers;
}

/** Returns the words of a sentence and its place. */
function describe({ sentences, places }: Annotator, index: number): string {
  return `${quote(at(sentences, index).tokens.join(' '))} at ${at(places, index)}`;
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
