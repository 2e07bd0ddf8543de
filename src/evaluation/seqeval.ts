import { createScoredReader, type Scheme, type SpanReader } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import { type Rates, ratesOf, type SpanCounts, sumOf } from './scores.js';

/** Precision, recall and F1 averaged over labels in three ways. */
export interface Averages {
  /** The rates of all counts together. */
  readonly micro: Rates;
  /** The mean of the labels' rates; undefined if there are no labels, where seqeval gives NaN. */
  readonly macro: Rates | undefined;
  /** The mean of the labels' rates, weighted by the number of gold spans. */
  readonly weighted: Rates;
}

/** Returns the averages that seqeval prints. */
export function averagesOf(byLabel: Iterable<SpanCounts>): Averages {
  const counts = [...byLabel];
  const meanBy = (weightOf: (label: SpanCounts) => number): Rates => {
    const whole = counts.reduce((sum, label) => sum + weightOf(label), 0);
    const mean = { precision: 0, recall: 0, f1: 0 };
    if (whole === 0) return mean;
    for (const label of counts) {
      const rates = ratesOf(label);
      for (const rate of ['precision', 'recall', 'f1'] as const) mean[rate] += (weightOf(label) * rates[rate]) / whole;
    }
    return mean;
  };
  return {
    micro: ratesOf(sumOf(counts)),
    macro: counts.length > 0 ? meanBy(() => 1) : undefined,
    weighted: meanBy(({ gold }) => gold),
  };
}

/**
 * How seqeval reads spans. `default` is close to conlleval, but knows the prefixes E- and S- of BIOES; `strict` ignores
 * every span that does not follow the scheme.
 */
export type SeqevalMode = 'default' | 'strict';

/**
 * Creates a reader of spans that gives exactly the spans of seqeval 1.2.2, for ill-formed tags too. Plain tags, which
 * seqeval cannot read, are read as by `createScoredReader`.
 */
export function createSeqevalReader(mode: SeqevalMode, scheme: Scheme): SpanReader {
  if (scheme.name === 'plain') return createScoredReader(scheme);
  const parse = createParser(scheme, (text) => parseTag(text, mode));
  const patterns = STRICT[scheme.name];
  const read = mode === 'default' ? readLeniently : (tags: readonly Tag[]) => readStrictly(tags, patterns);
  return (tags) => read([...tags.map(parse), OUTSIDE]);
}

interface Tag {
  readonly prefix: string;
  readonly label: string;
}

const OUTSIDE: Tag = { prefix: 'O', label: '_' };

/** Creates a function that parses tags, each distinct one only once. */
function createParser({ outside }: Scheme, parseOne: (text: string) => Tag): (text: string) => Tag {
  const known = new Map([[outside, OUTSIDE]]);
  return (text) => {
    let tag = known.get(text);
    if (tag) return tag;
    tag = parseOne(text);
    known.set(text, tag);
    return tag;
  };
}

/** Parses a tag, whose prefix is its first character. The strict mode reads BILOU as BIOES; the default mode does not. */
function parseTag(tag: string, mode: SeqevalMode): Tag {
  const prefix = tag.charAt(0);
  const rest = tag.slice(1);
  if (mode === 'default') return { prefix, label: rest.slice(rest.indexOf('-') + 1) || '_' };
  const spelling = { L: 'E', U: 'S' }[prefix] ?? prefix;
  return { prefix: spelling, label: rest.replace(/^-+|-+$/g, '') || '_' };
}

/** Reads spans of tags, which end with `OUTSIDE`, as get_entities of seqeval/metrics/sequence_labeling.py does. */
function readLeniently(tags: readonly Tag[]): Span[] {
  const spans: Span[] = [];
  let previous = OUTSIDE;
  let start = 0;
  for (const [index, next] of tags.entries()) {
    if (ends(previous, next)) spans.push({ label: previous.label, start, end: index });
    if (starts(previous, next)) start = index;
    previous = next;
  }
  return spans;
}

/** Whether a span ends before `next`: end_of_chunk of the same file. */
function ends({ prefix, label }: Tag, next: Tag): boolean {
  if (prefix === 'E' || prefix === 'S') return true;
  if ((prefix === 'B' || prefix === 'I') && (next.prefix === 'B' || next.prefix === 'S' || next.prefix === 'O'))
    return true;
  return prefix !== 'O' && prefix !== '.' && label !== next.label;
}

/** Whether a span starts at the second tag: start_of_chunk of the same file. */
function starts(previous: Tag, { prefix, label }: Tag): boolean {
  if (prefix === 'B' || prefix === 'S') return true;
  if (
    (prefix === 'E' || prefix === 'I') &&
    (previous.prefix === 'E' || previous.prefix === 'S' || previous.prefix === 'O')
  )
    return true;
  return prefix !== 'O' && prefix !== '.' && previous.label !== label;
}

/** Whether, given two adjacent tags, a span starts at, continues with or ends before the second one. */
interface Patterns {
  starts(previous: Tag, next: Tag): boolean;
  continues(previous: Tag, next: Tag): boolean;
  ends(previous: Tag, next: Tag): boolean;
}

function hasSameLabel(previous: Tag, next: Tag): boolean {
  return previous.label === next.label;
}

function continuesInside(previous: Tag, next: Tag): boolean {
  return (previous.prefix === 'B' || previous.prefix === 'I') && next.prefix === 'I' && hasSameLabel(previous, next);
}

/** The start_patterns, inside_patterns and end_patterns of each scheme in seqeval/scheme.py. */
const STRICT: Readonly<Record<'iob1' | 'iob2' | 'bioes', Patterns>> = {
  iob1: {
    starts: (previous, next) => {
      const pair = previous.prefix + next.prefix;
      if (pair === 'OI' || pair === 'BI') return true;
      return hasSameLabel(previous, next) ? pair === 'IB' || pair === 'BB' : pair === 'II';
    },
    continues: continuesInside,
    ends: (previous, next) => {
      const pair = previous.prefix + next.prefix;
      if (pair === 'IO' || pair === 'IB' || pair === 'BO') return true;
      return hasSameLabel(previous, next) ? pair === 'BB' : pair === 'II' || pair === 'BI';
    },
  },
  iob2: {
    starts: (_, { prefix }) => prefix === 'B',
    continues: continuesInside,
    ends: (previous, next) => {
      if (previous.prefix !== 'B' && previous.prefix !== 'I') return false;
      return next.prefix === 'O' || next.prefix === 'B' || (next.prefix === 'I' && !hasSameLabel(previous, next));
    },
  },
  bioes: {
    starts: (_, { prefix }) => prefix === 'B' || prefix === 'S',
    continues: (previous, next) =>
      (previous.prefix === 'B' || previous.prefix === 'I') &&
      (next.prefix === 'I' || next.prefix === 'E') &&
      hasSameLabel(previous, next),
    ends: ({ prefix }) => prefix === 'S' || prefix === 'E',
  },
};

/** Reads spans of tags, which end with `OUTSIDE`, as Tokens.entities of seqeval/scheme.py does. */
function readStrictly(tags: readonly Tag[], patterns: Patterns): Span[] {
  const spans: Span[] = [];
  let previous = OUTSIDE;
  let start: number | undefined;
  for (const [index, next] of tags.entries()) {
    if (start !== undefined && !patterns.continues(previous, next)) {
      if (patterns.ends(previous, next)) spans.push({ label: previous.label, start, end: index });
      start = undefined;
    }
    if (start === undefined && patterns.starts(previous, next)) start = index;
    previous = next;
  }
  return spans;
}

/** Stands for every tag that scorers read differently. */
const AMBIGUOUS: Tag = { prefix: '', label: '' };

/** Matches unambiguous tags. Labels that begin or end with a hyphen are ambiguous because seqeval strips it. */
const TAG = /^[BIES]-[^-](?:.*[^-])?$/su;

/**
 * Creates a function that tells whether scorers may read a sentence's tags differently: whether a tag may not stand
 * where it stands, or has a second spelling.
 */
export function createAmbiguityCheck(scheme: Scheme): (tags: readonly string[]) => boolean {
  const { name } = scheme;
  if (name === 'plain') return () => false;
  const parse = createParser(scheme, (text) =>
    TAG.test(text) ? { prefix: text.charAt(0), label: text.slice(2) } : AMBIGUOUS,
  );
  return (tags) => {
    let previous = OUTSIDE;
    for (const text of tags) {
      const tag = parse(text);
      if (tag === AMBIGUOUS || !mayFollow(previous, tag, name)) return true;
      previous = tag;
    }
    return !mayFollow(previous, OUTSIDE, name);
  };
}

function mayFollow(previous: Tag, { prefix, label }: Tag, scheme: 'iob1' | 'iob2' | 'bioes'): boolean {
  const isOpen = previous.prefix === 'B' || previous.prefix === 'I';
  const continues = isOpen && previous.label === label;
  if (scheme === 'bioes') return prefix === 'I' || prefix === 'E' ? continues : !isOpen;
  if (prefix === 'E' || prefix === 'S') return false;
  if (scheme === 'iob1') return prefix !== 'B' || continues;
  return prefix !== 'I' || continues;
}
