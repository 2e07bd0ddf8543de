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
  readonly prefix: string;
  readonly label: string;
}

const OUTSIDE: TagParts = { prefix: 'O', label: '' };
const PREFIXED = /^[BIESLU]-./;

/** Whether a tag is a prefix of some scheme, a hyphen and a label. */
export function isPrefixed(tag: string): boolean {
  return PREFIXED.test(tag);
}

/** Splits at the first hyphen, as conlleval does: `B-creative-work` is B of `creative-work`. */
function partsOf(tag: string, scheme: Scheme): TagParts {
  if (tag === scheme.outside) return OUTSIDE;
  if (scheme.name === 'plain') return { prefix: 'I', label: tag };
  const hyphen = tag.indexOf('-');
  if (hyphen < 0) return { prefix: tag, label: '' };
  const prefix = tag.slice(0, hyphen);
  const label = tag.slice(hyphen + 1);
  if (scheme.name !== 'bioes') return { prefix, label };
  if (prefix === 'S' || prefix === 'U') return { prefix: 'B', label };
  if (prefix === 'E' || prefix === 'L') return { prefix: 'I', label };
  return { prefix, label };
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
  const known = new Map<string, TagParts>();
  const partsOnce = (tag: string): TagParts => {
    let parts = known.get(tag);
    if (parts) return parts;
    parts = partsOf(tag, scheme);
    known.set(tag, parts);
    return parts;
  };
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

function spell(span: Span, index: number, touches: boolean, scheme: SchemeName): string {
  const opens = index === span.start;
  const closes = index === span.end - 1;
  switch (scheme) {
    case 'plain':
      return span.label;
    case 'iob1':
      return `${opens && touches ? 'B' : 'I'}-${span.label}`;
    case 'iob2':
      return `${opens ? 'B' : 'I'}-${span.label}`;
    case 'bioes':
      return `${opens ? (closes ? 'S' : 'B') : closes ? 'E' : 'I'}-${span.label}`;
  }
}

/** Spells one sentence's tags in another scheme. Tags that spell no spans stay as they are. */
export function recode(tags: readonly string[], from: Scheme, to: Scheme): readonly string[] {
  if (!hasSpans(from) || !hasSpans(to)) return tags;
  if (from.name === to.name && from.outside === to.outside) return tags;
  return tagsOf(spansOf(tags, from), tags.length, to);
}

/**
 * Finds the scheme by looking at the tags: IOB2 when every span opens with B-, IOB1 when only touching spans of one
 * label do, BIOES when E- or S- (L-, U-) occurs, plain when no tag has a prefix; IOB2 where nothing decides.
 *
 * @param outside the outside tag where the person named one
 */
export function detectScheme(sentences: readonly { readonly tags: readonly string[] }[], outside?: string): Scheme {
  const read: Scheme = { name: 'iob2', outside: outside ?? 'O' };
  const { prefixes, openedByI, openedByBAlone, plainTags } = surveyTags(sentences, read);
  if (prefixes.size === 0 && plainTags > 0) return { name: 'plain', outside };
  if (['E', 'S', 'L', 'U'].some((prefix) => prefixes.has(prefix))) return { ...read, name: 'bioes' };
  return { ...read, name: openedByI > 0 && openedByBAlone === 0 ? 'iob1' : 'iob2' };
}

/** Spans that a scheme spells otherwise than another are no slips where there are so many, and nearly no others. */
const FEWEST_OF_SCHEME = 10;
const SHARE_OF_SCHEME = 0.9;

/** IOB1 where tags are said to be IOB2, and the reverse, when nearly all spans open so; else what was said. */
export function surelyOther(sentences: readonly { readonly tags: readonly string[] }[], scheme: Scheme): Scheme {
  const { openedByI, openedByBAlone } = surveyTags(sentences, scheme);
  const isMost = (count: number): boolean =>
    count >= FEWEST_OF_SCHEME && count >= SHARE_OF_SCHEME * (openedByI + openedByBAlone);
  if (scheme.name === 'iob1' && isMost(openedByBAlone)) return { ...scheme, name: 'iob2' };
  if (scheme.name === 'iob2' && isMost(openedByI)) return { ...scheme, name: 'iob1' };
  return scheme;
}

/** What tells the schemes apart. */
function surveyTags(
  sentences: readonly { readonly tags: readonly string[] }[],
  read: Scheme,
): {
  readonly prefixes: ReadonlySet<string>;
  /** Spans that open with I-, and with B- where they touch none of their label. */
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

/**
 * How many tags the scheme does not allow where they stand: an I- that continues nothing, a B- in IOB1 that separates
 * nothing, a span of BIOES that is not closed, a tag without prefix among tags with one.
 */
export function countIllFormed(tags: readonly string[], scheme: Scheme): number {
  if (scheme.name === 'plain') return 0;
  const proper = tagsOf(spansOf(tags, scheme), tags.length, scheme);
  return tags.reduce((count, tag, index) => count + (canonicalTag(tag, scheme) === proper[index] ? 0 : 1), 0);
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

/**
 * Which tags may stand where, so that what is decoded is well-formed in its scheme.
 *
 * @param tags K of them
 * @returns ((K + 2), K), row by row: 1 where a tag (row) may be followed by another; then which may begin a sentence,
 * which may end one
 */
export function allowedTransitions(tags: readonly string[], scheme: Scheme): Uint8Array {
  const K = tags.length;
  const allowed = new Uint8Array((K + 2) * K);
  const isOpen = (tag: string): boolean => scheme.name === 'bioes' && /^[BI]-/.test(tag);
  const goesOn = (tag: string): boolean =>
    (scheme.name === 'iob2' && tag.startsWith('I-')) || (scheme.name === 'bioes' && /^[IEL]-/.test(tag));
  const isPrefixed = (tag: string): boolean => PREFIXED.test(tag) && hasSpans(scheme);
  const follows = (before: string | undefined, tag: string | undefined): boolean => {
    const continues = tag !== undefined && isPrefixed(tag) && goesOn(tag);
    if (before === undefined || !isPrefixed(before)) return !continues && !isLoneB(before, tag);
    if (continues) return before.slice(2) === tag.slice(2) && (scheme.name !== 'bioes' || isOpen(before));
    return !isOpen(before) && !isLoneB(before, tag);
  };
  /** IOB1 writes B- only between touching spans of one label. */
  const isLoneB = (before: string | undefined, tag: string | undefined): boolean =>
    scheme.name === 'iob1' && tag?.startsWith('B-') === true && before?.slice(2) !== tag.slice(2);
  for (const [from, before] of tags.entries()) {
    for (const [to, tag] of tags.entries()) allowed[from * K + to] = follows(before, tag) ? 1 : 0;
    allowed[K * K + from] = follows(undefined, before) ? 1 : 0;
    allowed[(K + 1) * K + from] = follows(before, undefined) ? 1 : 0;
  }
  return allowed;
}
