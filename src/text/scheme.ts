import { at } from './at.js';
import type { Sentence, Span } from './sentence.js';

/**
 * How tags spell spans: `iob1` (B- only between touching spans of one label), `iob2` (every span begins with B-), `bioes`
 * (E- ends a span and S- is a span of one token; L- and U- mean the same), `plain` (the tag is the label).
 */
export type SchemeName = 'iob1' | 'iob2' | 'bioes' | 'plain';

/** How the tags of a corpus are to be read. */
export interface Scheme {
  readonly name: SchemeName;
  /** The tag of a token outside all spans; undefined if every token has a label, as with parts of speech. */
  readonly outside: string | undefined;
}

/** Sentences of a corpus, with the scheme of their tags. */
export interface LabelledSentences {
  readonly sentences: readonly Sentence[];
  readonly scheme: Scheme;
}

/** Tells whether tags spell spans, which are scored by F1; otherwise each labels its token, which is scored by accuracy. */
export function hasSpans(scheme: Scheme): boolean {
  return scheme.outside !== undefined;
}

interface TagParts {
  /** The prefix as the conlleval script reads it. */
  readonly prefix: string;
  readonly label: string;
  /** The letter before the hyphen, S and E also for U and L of BILOU; empty if there is none. */
  readonly letter: string;
}

/** The parts of a tag outside all spans, which also stand for what comes before and after a sentence. */
export const OUTSIDE: TagParts = { prefix: 'O', label: '', letter: '' };
const PREFIXED = /^[BIESLU]-./;

/** Tells whether a tag consists of a prefix of some scheme, a hyphen and a label. */
export function isPrefixed(tag: string): boolean {
  return PREFIXED.test(tag);
}

/** Splits a tag at the first hyphen, as conlleval does: `B-creative-work` into B and `creative-work`. */
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

/** Creates a function that returns a tag's parts and splits each distinct tag only once. */
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

/** Tells whether a span that includes the first tag ends before the second: endOfChunk of the conlleval script of 2004. */
function endsSpan({ prefix, label }: TagParts, next: TagParts): boolean {
  if ((prefix === 'B' || prefix === 'I') && (next.prefix === 'B' || next.prefix === 'O')) return true;
  if (prefix === 'E' && (next.prefix === 'E' || next.prefix === 'I' || next.prefix === 'O')) return true;
  if (prefix === ']' || prefix === '[') return true;
  return prefix !== 'O' && prefix !== '.' && label !== next.label;
}

/** Tells whether a span begins with the second tag: startOfChunk of the conlleval script of 2004. */
function startsSpan(previous: TagParts, { prefix, label }: TagParts): boolean {
  if (prefix === 'B' && (previous.prefix === 'B' || previous.prefix === 'I' || previous.prefix === 'O')) return true;
  if (prefix === 'I' && (previous.prefix === 'O' || previous.prefix === 'E')) return true;
  if (prefix === 'E' && (previous.prefix === 'O' || previous.prefix === 'E')) return true;
  if (prefix === ']' || prefix === '[') return true;
  return prefix !== 'O' && prefix !== '.' && label !== previous.label;
}

/** Returns the spans of one sentence's tags, in order. */
export type SpanReader = (tags: readonly string[]) => Span[];

/**
 * Creates a reader of the spans that tags spell. It reads ill-formed tags as the conlleval script does: an I- that follows no
 * tag of its label begins a span.
 */
export function createSpanReader(scheme: Scheme): SpanReader {
  if (!hasSpans(scheme)) return () => [];
  const partsOnce = createTagParser(scheme);
  return (tags) => {
    const spans: Span[] = [];
    let previous = OUTSIDE;
    let start = -1;
    for (let index = 0; index <= tags.length; index++) {
      const tag = tags[index];
      const next = tag === undefined ? OUTSIDE : partsOnce(tag);
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

/** Tells which spans end and begin between two neighbouring tags of a sentence; undefined stands for the end of a sentence. */
export interface TagBoundaries {
  endsBetween(before: number | undefined, after: number | undefined): boolean;
  startsBetween(before: number | undefined, after: number | undefined): boolean;
  /** Returns the label of a tag, or an empty string for the outside tag. */
  labelOf(tag: number): string;
}

/**
 * Finds where spans begin and end in sequences of tags that are given as numbers.
 *
 * @param tags the names of the tags, by number
 * @param inner the scheme of the tags
 * @param outer the scheme of the output; a plain one joins touching spans of one label
 */
export function createTagBoundaries(tags: readonly string[], inner: Scheme, outer: Scheme): TagBoundaries {
  const isPlain = outer.name === 'plain';
  const parts = tags.map((tag): TagParts => {
    const found = partsOf(tag, inner);
    return isPlain && found.label !== '' ? { ...found, prefix: 'I' } : found;
  });
  const partsAt = (tag: number | undefined): TagParts => (tag === undefined ? OUTSIDE : at(parts, tag));
  return {
    endsBetween: (before, after) =>
      before !== undefined && partsAt(before).label !== '' && endsSpan(partsAt(before), partsAt(after)),
    startsBetween: (before, after) => after !== undefined && startsSpan(partsAt(before), partsAt(after)),
    labelOf: (tag) => partsAt(tag).label,
  };
}

/** Reads the spans of sequences of tags that are given as numbers. */
export interface NumberedTags {
  /** Returns the spans that the tags spell, which are those of `recode`'s tags, too. */
  spansOf(numbers: Int32Array): Span[];
  /** Returns the tags in the scheme of the output; `spans` are those that they spell. */
  tagsOf(numbers: Int32Array, spans: readonly Span[]): readonly string[];
}

/**
 * Does with numbers what `recode` and `createSpanReader` do with tags, but decides only once where spans end and begin.
 *
 * @param tags the names of the tags, by number
 * @param inner the scheme of the tags
 * @param outer the scheme of the output; a plain one joins touching spans of one label
 */
export function createNumberedTags(tags: readonly string[], inner: Scheme, outer: Scheme): NumberedTags {
  const tagOf = (number: number): string => at(tags, number);
  if (!hasSpans(outer) || !hasSpans(inner))
    return { spansOf: () => [], tagsOf: (numbers) => Array.from(numbers, tagOf) };
  const isSame = inner.name === outer.name && inner.outside === outer.outside;
  const none = tags.length;
  const parts = tags.map((tag): TagParts => {
    const found = partsOf(tag, inner);
    return outer.name === 'plain' && found !== OUTSIDE ? { ...found, prefix: 'I' } : found;
  });
  const all = [...parts, OUTSIDE];
  const places = all.flatMap((before) => all.map((after) => [before, after] as const));
  const ends = places.map(([before, after]) => endsSpan(before, after));
  const starts = places.map(([before, after]) => startsSpan(before, after));
  return {
    spansOf(numbers) {
      const spans: Span[] = [];
      let start = -1;
      let before = none;
      for (let t = 0; t <= numbers.length; t++) {
        const number = numbers[t] ?? none;
        const place = before * (none + 1) + number;
        if (start >= 0 && ends[place]) {
          spans.push({ label: at(parts, before).label, start, end: t });
          start = -1;
        }
        if (starts[place]) start = t;
        before = number;
      }
      return spans;
    },
    tagsOf: (numbers, spans) => (isSame ? Array.from(numbers, tagOf) : tagsOf(spans, numbers.length, outer)),
  };
}

/** Creates a reader of what scores count: spans, or, if tags spell none, each token with its tag as label. */
export function createScoredReader(scheme: Scheme): SpanReader {
  if (hasSpans(scheme)) return createSpanReader(scheme);
  return (tags) => tags.map((label, start) => ({ label, start, end: start + 1 }));
}

/** Returns the spans of one sentence, as `createSpanReader` reads them. */
export function spansOf(tags: readonly string[], scheme: Scheme): Span[] {
  return createSpanReader(scheme)(tags);
}

/** Spells spans, which must not overlap, as tags of the scheme, one for each token. */
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

/** Returns the letter before the hyphen of a tag in a span. */
function letterOf(opens: boolean, closes: boolean, touches: boolean, scheme: Exclude<SchemeName, 'plain'>): string {
  if (scheme === 'iob1') return opens && touches ? 'B' : 'I';
  if (scheme === 'iob2') return opens ? 'B' : 'I';
  return opens ? (closes ? 'S' : 'B') : closes ? 'E' : 'I';
}

/** Spells one sentence's tags in another scheme. Tags of a scheme without spans stay as they are. */
export function recode(tags: readonly string[], from: Scheme, to: Scheme): readonly string[] {
  if (!hasSpans(from) || !hasSpans(to)) return tags;
  if (from.name === to.name && from.outside === to.outside) return tags;
  return tagsOf(spansOf(tags, from), tags.length, to);
}

/**
 * Creates a counter of the tags that the scheme does not allow where they stand, which differ from how the spans that
 * `createSpanReader` reads are spelt: an I- that continues nothing, a B- of IOB1 that separates nothing, a span of BIOES without
 * an end, a tag without a prefix among tags with one.
 */
export function createIllFormedCounter(scheme: Scheme): (tags: readonly string[]) => number {
  const { name } = scheme;
  if (name === 'plain') return () => 0;
  const partsOnce = createTagParser(scheme);
  /** Counts the tags of a span that nothing ends, which is therefore none. */
  const countInside = (tags: readonly string[], start: number, end: number): number =>
    tags.slice(start, end).filter((tag) => partsOnce(tag) !== OUTSIDE).length;
  return (tags) => {
    let count = 0;
    let previous = OUTSIDE;
    let start = -1;
    let endBefore = -1;
    let labelBefore = '';
    for (let index = 0; index <= tags.length; index++) {
      const tag = tags[index];
      const next = tag === undefined ? OUTSIDE : partsOnce(tag);
      if (start >= 0 && endsSpan(previous, next)) {
        const touches = endBefore === start && labelBefore === previous.label;
        const last = index - start - 1;
        for (const [place, own] of tags.slice(start, index).entries()) {
          const { letter, label } = partsOnce(own);
          if (letter !== letterOf(place === 0, place === last, touches, name) || label !== previous.label) count++;
        }
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

/** Returns the canonical spelling of a tag, BIOES for BILOU. */
export function canonicalTag(tag: string, scheme: Scheme): string {
  if (scheme.name !== 'bioes') return tag;
  if (tag.startsWith('L-')) return `E-${tag.slice(2)}`;
  if (tag.startsWith('U-')) return `S-${tag.slice(2)}`;
  return tag;
}

/** Spells a tag of BIOES with the letters of BILOU. */
export function inBilou(tag: string): string {
  return tag.replace(/^E-/, 'L-').replace(/^S-/, 'U-');
}

/** Returns the scheme in which a network learns: BIOES if `recodes` and the tags spell spans, else the scheme of the corpus. */
export function innerSchemeOf(scheme: Scheme, recodes: boolean): Scheme {
  return recodes && hasSpans(scheme) ? { name: 'bioes', outside: scheme.outside } : scheme;
}

/**
 * Finds the scheme of tags: plain if no tag has a prefix; BIOES if E- or S- (L-, U-) occurs; between IOB1 and IOB2 what most
 * spans decide: those that begin with I- are of IOB1, and those that begin with B- and touch no span of their label are of
 * IOB2, as are all where as many say the one as the other. So a few slips in a large corpus do not decide.
 *
 * @param outside the outside tag, if the user named one
 */
export function detectScheme(sentences: Iterable<{ readonly tags: readonly string[] }>, outside?: string): Scheme {
  const read: Scheme = { name: 'iob2', outside: outside ?? 'O' };
  const { prefixes, openedByI, openedByBAlone, plainTags } = surveyTags(sentences, read);
  if (prefixes.size === 0 && plainTags > 0) return { name: 'plain', outside };
  if (['E', 'S', 'L', 'U'].some((prefix) => prefixes.has(prefix))) return { ...read, name: 'bioes' };
  return { ...read, name: openedByI > openedByBAlone ? 'iob1' : 'iob2' };
}

/** How many spans must be spelt as in another scheme, and which share of those that tell the schemes apart, to be no slips. */
const FEWEST_OF_SCHEME = 10;
const SHARE_OF_SCHEME = 0.9;

/** Returns IOB1 for a stated IOB2, or the reverse, if nearly all spans begin as in that scheme; else the stated scheme. */
export function surelyOther(sentences: readonly { readonly tags: readonly string[] }[], scheme: Scheme): Scheme {
  const { openedByI, openedByBAlone } = surveyTags(sentences, scheme);
  const isMost = (count: number): boolean =>
    count >= FEWEST_OF_SCHEME && count >= SHARE_OF_SCHEME * (openedByI + openedByBAlone);
  if (scheme.name === 'iob1' && isMost(openedByBAlone)) return { ...scheme, name: 'iob2' };
  if (scheme.name === 'iob2' && isMost(openedByI)) return { ...scheme, name: 'iob1' };
  return scheme;
}

/** Counts what tells the schemes apart. */
function surveyTags(
  sentences: Iterable<{ readonly tags: readonly string[] }>,
  read: Scheme,
): {
  readonly prefixes: ReadonlySet<string>;
  /** Numbers of spans that begin with I-, and of those that begin with B- without touching a span of their label. */
  readonly openedByI: number;
  readonly openedByBAlone: number;
  readonly plainTags: number;
} {
  const prefixes = new Set<string>();
  let openedByI = 0;
  let openedByBAlone = 0;
  let plainTags = 0;
  for (const { tags } of sentences) {
    let previous = OUTSIDE;
    for (const tag of tags) {
      const next = partsOf(tag, read);
      if (isPrefixed(tag)) {
        prefixes.add(next.prefix);
        const goesOn = previous.label === next.label;
        if (next.prefix === 'I' && !goesOn) openedByI++;
        if (next.prefix === 'B' && !goesOn) openedByBAlone++;
      } else if (tag !== read.outside) plainTags++;
      previous = next;
    }
  }
  return { prefixes, openedByI, openedByBAlone, plainTags };
}

const SCHEME_TITLES = { iob1: 'IOB1', iob2: 'IOB2 (BIO)', bioes: 'BIOES', plain: 'plain' } as const;

/** Returns the usual name of a scheme. */
export function schemeTitle({ name }: Pick<Scheme, 'name'>): string {
  return SCHEME_TITLES[name];
}

/** Describes a scheme for people. */
export function describeScheme({ name, outside }: Scheme): string {
  if (outside === undefined)
    return 'tags: plain labels, one per token, scored by accuracy (name the outside tag with --outside to score names)';
  return `tags: ${SCHEME_TITLES[name]}, outside ${outside}`;
}
