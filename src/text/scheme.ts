import type { Sentence, Span } from './sentence.js';

/**
 * How tags spell spans: `iob1` (B- only between touching spans of one label), `iob2` (every span opens with B-),
 * `bioes` (E- closes, S- is alone; L- and U- likewise), `plain` (the tag is the label).
 */
export type SchemeName = 'iob1' | 'iob2' | 'bioes' | 'plain';

export interface Scheme {
  readonly name: SchemeName;
  /** The tag of a token outside all spans; undefined where every token has a label, as in parts of speech. */
  readonly outside: string | undefined;
}

/** Sentences of a corpus and how their tags spell spans. */
export interface LabelledSentences {
  readonly sentences: readonly Sentence[];
  readonly scheme: Scheme;
}

/** Whether the tags spell spans, which are scored by F1, or a label a token, which is scored by accuracy. */
export function hasSpans(scheme: Scheme): boolean {
  return scheme.outside !== undefined;
}

interface TagParts {
  /** As the conlleval script knows it. */
  readonly prefix: string;
  readonly label: string;
  /** The letter before a hyphen, as the scheme has it; empty where there is none. */
  readonly letter: string;
}

/** Of a tag outside all spans, and of what is before and after a sentence. */
export const OUTSIDE: TagParts = { prefix: 'O', label: '', letter: '' };
const PREFIXED = /^[BIESLU]-./;

/** Whether a tag is a prefix of some scheme, a hyphen and a label. */
export function isPrefixed(tag: string): boolean {
  return PREFIXED.test(tag);
}

/** Splits at the first hyphen, as conlleval does: `B-creative-work` is B of `creative-work`. */
export function partsOf(tag: string, scheme: Scheme): TagParts {
  if (tag === scheme.outside) return OUTSIDE;
  if (scheme.name === 'plain') return { prefix: 'I', label: tag, letter: '' };
  const hyphen = tag.indexOf('-');
  if (hyphen < 0) return { prefix: tag, label: '', letter: '' };
  const prefix = tag.slice(0, hyphen);
  const label = tag.slice(hyphen + 1);
  if (scheme.name !== 'bioes') return { prefix, label, letter: prefix };
  if (prefix === 'S' || prefix === 'U') return { prefix: 'B', label, letter: 'S' };
  if (prefix === 'E' || prefix === 'L') return { prefix: 'I', label, letter: 'E' };
  return { prefix, label, letter: prefix };
}

/** Takes each different tag apart once. */
function createTagParser(scheme: Scheme): (tag: string) => TagParts {
  const known = new Map<string, TagParts>();
  return (tag) => {
    let parts = known.get(tag);
    if (parts) return parts;
    parts = partsOf(tag, scheme);
    known.set(tag, parts);
    return parts;
  };
}

/** endOfChunk of the conlleval script of 2004: whether a span that holds the first tag ends before the second. */
function endsSpan({ prefix, label }: TagParts, next: TagParts): boolean {
  if ((prefix === 'B' || prefix === 'I') && (next.prefix === 'B' || next.prefix === 'O')) return true;
  if (prefix === 'E' && (next.prefix === 'E' || next.prefix === 'I' || next.prefix === 'O')) return true;
  if (prefix === ']' || prefix === '[') return true;
  return prefix !== 'O' && prefix !== '.' && label !== next.label;
}

/** startOfChunk of the conlleval script of 2004: whether a span opens with the second tag. */
function startsSpan(previous: TagParts, { prefix, label }: TagParts): boolean {
  if (prefix === 'B' && (previous.prefix === 'B' || previous.prefix === 'I' || previous.prefix === 'O')) return true;
  if (prefix === 'I' && (previous.prefix === 'O' || previous.prefix === 'E')) return true;
  if (prefix === 'E' && (previous.prefix === 'O' || previous.prefix === 'E')) return true;
  if (prefix === ']' || prefix === '[') return true;
  return prefix !== 'O' && prefix !== '.' && label !== previous.label;
}

/** Reads the spans off one sentence's tags, in order. */
export type SpanReader = (tags: readonly string[]) => Span[];

/**
 * Reads the spans that tags spell, sentence by sentence; each different tag is taken apart once. Ill-formed tags are
 * read as the conlleval script reads them: an I- that follows nothing of its label opens a span.
 */
export function createSpanReader(scheme: Scheme): SpanReader {
  if (!hasSpans(scheme)) return () => [];
  const partsOnce = createTagParser(scheme);
  return (tags) => {
    const spans: Span[] = [];
    let previous = OUTSIDE;
    let start = -1;
    for (let index = 0; index <= tags.length; index++) {
      const next = index < tags.length ? partsOnce(tags[index] as string) : OUTSIDE;
      if (start >= 0 && endsSpan(previous, next)) {
        spans.push({ label: previous.label, start, end: index });
        start = -1;
      }
      if (startsSpan(previous, next)) start = index;
      previous = next;
    }
    return spans;
  };
}

/** What ends and what begins between two neighbouring tags of a sentence; undefined stands for no tag. */
export interface TagBoundaries {
  endsBetween(before: number | undefined, after: number | undefined): boolean;
  startsBetween(before: number | undefined, after: number | undefined): boolean;
  /** The label of a tag, empty for the outside one. */
  labelOf(tag: number): string;
}

/**
 * Tells where spans begin and end in sequences of tags that are given by their numbers.
 *
 * @param inner the scheme of the tags
 * @param outer the scheme in which the spans are spelt in the end; a plain one joins touching spans of one label
 */
export function createTagBoundaries(tags: readonly string[], inner: Scheme, outer: Scheme): TagBoundaries {
  const isPlain = outer.name === 'plain';
  const parts = tags.map((tag) => {
    const { prefix, label } = partsOf(tag, inner);
    return isPlain && label !== '' ? { prefix: 'I', label } : { prefix, label };
  });
  const partsAt = (tag: number | undefined): TagParts => (tag === undefined ? OUTSIDE : (parts[tag] as TagParts));
  return {
    endsBetween: (before, after) =>
      before !== undefined && partsAt(before).label !== '' && endsSpan(partsAt(before), partsAt(after)),
    startsBetween: (before, after) => after !== undefined && startsSpan(partsAt(before), partsAt(after)),
    labelOf: (tag) => partsAt(tag).label,
  };
}

/** Reads what scores are counted in: spans, or where tags spell none, each token with its tag as label. */
export function createScoredReader(scheme: Scheme): SpanReader {
  if (hasSpans(scheme)) return createSpanReader(scheme);
  return (tags) => tags.map((label, start) => ({ label, start, end: start + 1 }));
}

/** The spans of one sentence, as `createSpanReader` reads them. */
export function spansOf(tags: readonly string[], scheme: Scheme): Span[] {
  return createSpanReader(scheme)(tags);
}

/** Spells spans that do not overlap as tags of the scheme, one a token. */
export function tagsOf(spans: readonly Span[], length: number, scheme: Scheme): string[] {
  const tags = new Array<string>(length).fill(scheme.outside ?? 'O');
  let previous: Span | undefined;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const touches = previous !== undefined && previous.end === span.start && previous.label === span.label;
    for (let index = span.start; index < span.end; index++) tags[index] = spell(span, index, touches, scheme.name);
    previous = span;
  }
  return tags;
}

function spell({ label, start, end }: Span, index: number, touches: boolean, scheme: SchemeName): string {
  return scheme === 'plain' ? label : `${letterOf(index === start, index === end - 1, touches, scheme)}-${label}`;
}

/** The letter before the hyphen of a tag within a span. */
function letterOf(opens: boolean, closes: boolean, touches: boolean, scheme: Exclude<SchemeName, 'plain'>): string {
  if (scheme === 'iob1') return opens && touches ? 'B' : 'I';
  if (scheme === 'iob2') return opens ? 'B' : 'I';
  return opens ? (closes ? 'S' : 'B') : closes ? 'E' : 'I';
}

/** Spells one sentence's tags in another scheme. Tags that spell no spans stay as they are. */
export function recode(tags: readonly string[], from: Scheme, to: Scheme): readonly string[] {
  if (!hasSpans(from) || !hasSpans(to)) return tags;
  if (from.name === to.name && from.outside === to.outside) return tags;
  return tagsOf(spansOf(tags, from), tags.length, to);
}

/**
 * How many tags the scheme does not allow where they stand: an I- that continues nothing, a B- in IOB1 that separates
 * nothing, a span of BIOES that is not closed, a tag without prefix among tags with one.
 */
export function countIllFormed(tags: readonly string[], scheme: Scheme): number {
  return createIllFormedCounter(scheme)(tags);
}

/** The same sentence by sentence: holds each tag to what spans of `createSpanReader` would be spelt as. */
export function createIllFormedCounter(scheme: Scheme): (tags: readonly string[]) => number {
  const { name } = scheme;
  if (name === 'plain') return () => 0;
  const partsOnce = createTagParser(scheme);
  /** Of a span that nothing ends, which is none. */
  const countInside = (tags: readonly string[], start: number, end: number): number => {
    let count = 0;
    for (let t = start; t < end; t++) if (partsOnce(tags[t] as string) !== OUTSIDE) count++;
    return count;
  };
  return (tags) => {
    let count = 0;
    let previous = OUTSIDE;
    let start = -1;
    let endBefore = -1;
    let labelBefore = '';
    for (let index = 0; index <= tags.length; index++) {
      const next = index < tags.length ? partsOnce(tags[index] as string) : OUTSIDE;
      if (start >= 0 && endsSpan(previous, next)) {
        const touches = endBefore === start && labelBefore === previous.label;
        for (let t = start; t < index; t++)
          if (partsOnce(tags[t] as string).letter !== letterOf(t === start, t === index - 1, touches, name)) count++;
        endBefore = index;
        labelBefore = previous.label;
        start = -1;
      }
      if (startsSpan(previous, next)) {
        if (start >= 0) count += countInside(tags, start, index);
        start = index;
      } else if (start < 0 && next !== OUTSIDE) count++;
      previous = next;
    }
    return start >= 0 ? count + countInside(tags, start, tags.length) : count;
  };
}

/** The one spelling of a tag where a scheme has two: BILOU as BIOES. */
export function canonicalTag(tag: string, scheme: Scheme): string {
  if (scheme.name !== 'bioes') return tag;
  if (tag.startsWith('L-')) return `E-${tag.slice(2)}`;
  if (tag.startsWith('U-')) return `S-${tag.slice(2)}`;
  return tag;
}

/** A tag of BIOES with the letters of BILOU. */
export function inBilou(tag: string): string {
  return tag.replace(/^E-/, 'L-').replace(/^S-/, 'U-');
}

/** The scheme in which a network learns: BIOES where `recodes`, and the tags spell spans. */
export function innerSchemeOf(scheme: Scheme, recodes: boolean): Scheme {
  return recodes && hasSpans(scheme) ? { name: 'bioes', outside: scheme.outside } : scheme;
}
