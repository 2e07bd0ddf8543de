import { createScoredReader, type Scheme } from '../text/scheme.js';
import { type CountsByGroup, countsOf, type Rates, ratesOf, type SpanCounts, sumOf, type TagPair } from './scores.js';

/** Three means over labels: of the counts, of the rates, and of the rates weighed by how many gold spans there are. */
export interface Averages {
  readonly micro: Rates;
  /** Undefined where there is no label, and so no mean: seqeval has NaN. */
  readonly macro: Rates | undefined;
  readonly weighted: Rates;
}

/** The means that seqeval prints. */
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
 * How seqeval reads spans: `default` much as conlleval, but with the E- and S- of BIOES; `strict` drops every span that
 * is not spelt as the scheme wants it.
 */
export type SeqevalMode = 'default' | 'strict';

/** Spans of one sentence in columns, which are filled anew for the next one. */
export class SpanColumns {
  length = 0;
  readonly labels: string[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  add(label: string, start: number, end: number): void {
    this.labels[this.length] = label;
    this.starts[this.length] = start;
    this.ends[this.length++] = end;
  }
}

/** Reads the spans off one sentence's tags, in order, instead of what the columns hold. */
export type SeqevalReader = (tags: readonly string[], spans: SpanColumns) => void;

/**
 * Reads spans as seqeval 1.2.2 does, to be exact in ill-formed tags too. Plain tags, which seqeval cannot read, are read
 * as all else is.
 */
export function createSeqevalReader(mode: SeqevalMode, scheme: Scheme): SeqevalReader {
  if (scheme.name === 'plain') {
    const readAll = createScoredReader(scheme);
    return (tags, spans) => {
      spans.length = 0;
      for (const { label, start, end } of readAll(tags)) spans.add(label, start, end);
    };
  }
  const known = new Map<string, Tag>();
  const partsOnce = (text: string): Tag => {
    let tag = known.get(text);
    if (tag) return tag;
    tag = text === scheme.outside ? OUTSIDE : partsOf(text, mode);
    known.set(text, tag);
    return tag;
  };
  const parts: Tag[] = [];
  const patterns = STRICT[scheme.name];
  return (tags, spans) => {
    spans.length = 0;
    for (let index = 0; index < tags.length; index++) parts[index] = partsOnce(tags[index] as string);
    if (mode === 'default') readLeniently(parts, tags.length, spans);
    else readStrictly(parts, tags.length, patterns, spans);
  };
}

/** Takes pairs of sentences and counts their spans by label. */
export type SeqevalCounter = (pair: TagPair) => void;

/**
 * Counts spans as seqeval reads them.
 *
 * @param counts by label, to be added to
 */
export function createSeqevalCounter(
  mode: SeqevalMode,
  scheme: Scheme,
  predictedScheme: Scheme,
  counts: CountsByGroup<string>,
): SeqevalCounter {
  const readGold = createSeqevalReader(mode, scheme);
  const readPredicted = createSeqevalReader(mode, predictedScheme);
  const gold = new SpanColumns();
  const predicted = new SpanColumns();
  return (pair) => {
    readGold(pair.gold, gold);
    readPredicted(pair.predicted, predicted);
    for (let index = 0; index < gold.length; index++) countsOf(counts, gold.labels[index] as string).gold++;
    let other = 0;
    for (let index = 0; index < predicted.length; index++) {
      const label = predicted.labels[index] as string;
      const start = predicted.starts[index] as number;
      const ofLabel = countsOf(counts, label);
      ofLabel.predicted++;
      while (other < gold.length && (gold.starts[other] as number) < start) other++;
      const isSame =
        other < gold.length &&
        gold.starts[other] === start &&
        gold.ends[other] === predicted.ends[index] &&
        gold.labels[other] === label;
      if (isSame) ofLabel.correct++;
    }
  };
}

interface Tag {
  readonly prefix: string;
  readonly label: string;
}

const OUTSIDE: Tag = { prefix: 'O', label: '_' };

/** The first character is the prefix. BILOU is BIOES to the strict mode, and nothing special to the default one. */
function partsOf(tag: string, mode: SeqevalMode): Tag {
  const prefix = tag.charAt(0);
  const rest = tag.slice(1);
  if (mode === 'default') return { prefix, label: rest.slice(rest.indexOf('-') + 1) || '_' };
  const spelling = { L: 'E', U: 'S' }[prefix] ?? prefix;
  return { prefix: spelling, label: rest.replace(/^-+|-+$/g, '') || '_' };
}

/** get_entities of seqeval/metrics/sequence_labeling.py. */
function readLeniently(tags: readonly Tag[], length: number, spans: SpanColumns): void {
  let previous = OUTSIDE;
  let start = 0;
  for (let index = 0; index <= length; index++) {
    const next = index < length ? (tags[index] as Tag) : OUTSIDE;
    if (ends(previous, next)) spans.add(previous.label, start, index);
    if (starts(previous, next)) start = index;
    previous = next;
  }
}

/** end_of_chunk of the same file. */
function ends({ prefix, label }: Tag, next: Tag): boolean {
  if (prefix === 'E' || prefix === 'S') return true;
  if ((prefix === 'B' || prefix === 'I') && (next.prefix === 'B' || next.prefix === 'S' || next.prefix === 'O'))
    return true;
  return prefix !== 'O' && prefix !== '.' && label !== next.label;
}

/** start_of_chunk of the same file. */
function starts(previous: Tag, { prefix, label }: Tag): boolean {
  if (prefix === 'B' || prefix === 'S') return true;
  if (
    (prefix === 'E' || prefix === 'I') &&
    (previous.prefix === 'E' || previous.prefix === 'S' || previous.prefix === 'O')
  )
    return true;
  return prefix !== 'O' && prefix !== '.' && previous.label !== label;
}

/** Whether a span opens at, goes on with or ends before the second of two tags. */
interface Patterns {
  opens(previous: Tag, next: Tag): boolean;
  goesOn(previous: Tag, next: Tag): boolean;
  ends(previous: Tag, next: Tag): boolean;
}

function isSame(previous: Tag, next: Tag): boolean {
  return previous.label === next.label;
}

function goesOnInside(previous: Tag, next: Tag): boolean {
  return (previous.prefix === 'B' || previous.prefix === 'I') && next.prefix === 'I' && isSame(previous, next);
}

/** The patterns of seqeval/scheme.py: start_patterns, inside_patterns, end_patterns of each scheme. */
const STRICT: Readonly<Record<'iob1' | 'iob2' | 'bioes', Patterns>> = {
  iob1: {
    opens: (previous, next) => {
      const pair = previous.prefix + next.prefix;
      if (pair === 'OI' || pair === 'BI') return true;
      return isSame(previous, next) ? pair === 'IB' || pair === 'BB' : pair === 'II';
    },
    goesOn: goesOnInside,
    ends: (previous, next) => {
      const pair = previous.prefix + next.prefix;
      if (pair === 'IO' || pair === 'IB' || pair === 'BO') return true;
      return isSame(previous, next) ? pair === 'BB' : pair === 'II' || pair === 'BI';
    },
  },
  iob2: {
    opens: (_, { prefix }) => prefix === 'B',
    goesOn: goesOnInside,
    ends: (previous, next) => {
      if (previous.prefix !== 'B' && previous.prefix !== 'I') return false;
      return next.prefix === 'O' || next.prefix === 'B' || (next.prefix === 'I' && !isSame(previous, next));
    },
  },
  bioes: {
    opens: (_, { prefix }) => prefix === 'B' || prefix === 'S',
    goesOn: (previous, next) =>
      (previous.prefix === 'B' || previous.prefix === 'I') &&
      (next.prefix === 'I' || next.prefix === 'E') &&
      isSame(previous, next),
    ends: ({ prefix }) => prefix === 'S' || prefix === 'E',
  },
};

/** Tokens.entities of seqeval/scheme.py. */
function readStrictly(
  tags: readonly Tag[],
  length: number,
  { opens, goesOn, ends: isEnd }: Patterns,
  spans: SpanColumns,
): void {
  let previous = OUTSIDE;
  for (let start = 0; start < length; ) {
    const first = tags[start] as Tag;
    let end = start + 1;
    if (opens(previous, first)) {
      while (end < length && goesOn(tags[end - 1] as Tag, tags[end] as Tag)) end++;
      if (isEnd(tags[end - 1] as Tag, end < length ? (tags[end] as Tag) : OUTSIDE)) spans.add(first.label, start, end);
    }
    previous = tags[end - 1] as Tag;
    start = end;
  }
}
