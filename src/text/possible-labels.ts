import { createScoredReader, detectScheme, hasSpans, type Scheme, spansOf } from './scheme.js';
import type { PossibleLabels, Sentence, Span } from './sentence.js';

/** The tag of a token of which nobody knows the tag, where tags have prefixes. */
export const UNKNOWN_TAG = '?';

/** What a person says of the tags of a corpus. */
export interface NamedTags {
  /** The tag of tokens outside all names. */
  readonly outside?: string | undefined;
  /** The tag of tokens whose tag is not known. */
  readonly unknownTag?: string | undefined;
}

interface Tagged {
  readonly tags: readonly string[];
}

/** How the tags of a corpus are to be read, and which of them stand for one that is not known. */
export interface TagReading {
  readonly scheme: Scheme;
  readonly isUnknown: (tag: string) => boolean;
}

/** Finds the scheme of tags, and those that are not known: the one that a person named, and `?` where tags have prefixes. */
export function findTagReading(sentences: Iterable<Tagged>, { outside, unknownTag }: NamedTags): TagReading {
  const schemeWithout = (isUnknown: (tag: string) => boolean): Scheme =>
    detectScheme(eachKnown(sentences, isUnknown, outside ?? 'O'), outside);
  const isAny = (tag: string): boolean => tag === UNKNOWN_TAG || tag === unknownTag;
  const scheme = schemeWithout(isAny);
  if (scheme.name !== 'plain') return { scheme, isUnknown: isAny };
  const isNamed = (tag: string): boolean => tag === unknownTag;
  return { scheme: schemeWithout(isNamed), isUnknown: isNamed };
}

/** Yields tags with the outside one in place of those that are not known. */
function* eachKnown(
  sentences: Iterable<Tagged>,
  isUnknown: (tag: string) => boolean,
  outside: string,
): Generator<Tagged, void, undefined> {
  for (const sentence of sentences)
    yield sentence.tags.some(isUnknown)
      ? { tags: sentence.tags.map((tag) => (isUnknown(tag) ? outside : tag)) }
      : sentence;
}

/** Returns a sentence that says which of its tags are not known, and has the outside tag there, if the scheme has one. */
export function withoutUnknown<Any extends Tagged>(
  sentence: Any,
  { scheme, isUnknown }: TagReading,
): Any & Pick<Sentence, 'possible'> {
  const { tags } = sentence;
  if (!tags.some(isUnknown)) return sentence;
  return {
    ...sentence,
    tags: tags.map((tag) => (isUnknown(tag) ? (scheme.outside ?? tag) : tag)),
    possible: tags.map((tag) => (isUnknown(tag) ? 'any' : undefined)),
  };
}

/** Returns a sentence whose tokens outside all spans may have labels, besides those of which this was said before. */
export function openOutside(sentence: Sentence, scheme: Scheme, labels: PossibleLabels): Sentence {
  if (!hasSpans(scheme)) return sentence;
  const possible: (PossibleLabels | undefined)[] = sentence.tags.map((_, t) => sentence.possible?.[t] ?? labels);
  for (const { start, end } of spansOf(sentence.tags, scheme)) possible.fill(undefined, start, end);
  return { ...sentence, possible };
}

/** Tells whether a token of which only this is known may have a label. */
export function mayHave(possible: PossibleLabels | undefined, label: string): boolean {
  return possible !== undefined && (typeof possible === 'string' || possible.has(label));
}

/** Tells whether nobody can say that a span is none, since each of its tokens may have its label. */
export function isPossible({ label, start, end }: Span, possible: Sentence['possible']): boolean {
  return possible?.slice(start, end).every((labels) => mayHave(labels, label)) ?? false;
}

/** Creates a reader of the spans of sentences, or, if tags spell none, of each token whose tag is known with that tag as label. */
export function createKnownReader(scheme: Scheme): (sentence: Pick<Sentence, 'tags' | 'possible'>) => Span[] {
  const readSpans = createScoredReader(scheme);
  return ({ tags, possible }) => readSpans(tags).filter(({ start }) => possible?.[start] === undefined);
}

/** Counts the tokens whose tag is not known. */
export function countUnknown(sentences: readonly Pick<Sentence, 'possible'>[]): number {
  let count = 0;
  for (const { possible = [] } of sentences) for (const each of possible) if (each !== undefined) count++;
  return count;
}

/** Returns the known ones of the tags of a sentence. */
export function knownTags({ tags, possible }: Pick<Sentence, 'tags' | 'possible'>): readonly string[] {
  return possible ? tags.filter((_, t) => possible[t] === undefined) : tags;
}
