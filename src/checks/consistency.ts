import { hasSpans } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import type { FindingLog } from './findings.js';
import { labelledPieces, type Part, type PlacedSentence, placeOf, wordsOf } from './part.js';

/** How many words before and after are the context. */
const NEIGHBOURS = 2;
/** Longer entities are not looked for where they have no label. */
const LONGEST = 8;

/** Some words with a label, or with none. */
interface Occurrence extends Span {
  readonly sentence: PlacedSentence;
}

/**
 * Finds words that are labelled differently though the two words before and after them are the same: each occurrence
 * whose label is rarer there than another. Sentences that occur twice are left aside: they are found as such.
 */
export function checkConsistency(part: Part, log: FindingLog): void {
  const contexts = new Map<string, Occurrence[]>();
  for (const occurrence of hasSpans(part.scheme) ? occurrencesOfNames(part) : labelledPieces(part)) {
    const key = contextOf(occurrence);
    const found = contexts.get(key);
    if (found) found.push(occurrence);
    else contexts.set(key, [occurrence]);
  }
  for (const occurrences of contexts.values()) checkContext(occurrences, log);
}

function checkContext(occurrences: readonly Occurrence[], log: FindingLog): void {
  const [first] = occurrences;
  if (!first || occurrences.every(({ label }) => label === first.label)) return;
  const bySentence = new Map(occurrences.map((each) => [each.sentence.tokens.join('\n') + each.start, each]));
  const distinct = [...bySentence.values()];
  const countOf = (label: string): number => distinct.filter((each) => each.label === label).length;
  const usual = distinct.reduce((best, each) => (countOf(each.label) > countOf(best.label) ? each : best));
  for (const { sentence, ...span } of distinct) {
    if (span.label === usual.label) continue;
    const there = `${usual.sentence.file}:${usual.sentence.lines[usual.start]}`;
    const what = `${JSON.stringify(wordsOf(sentence, span))} is ${told(span.label)}, and ${told(usual.label)} at ${there}`;
    log.add('inconsistent-label', placeOf(sentence, span.start, what));
  }
}

function told(label: string): string {
  return label === '' ? 'no entity' : label;
}

/** The words with their neighbours; tokens hold no line feed. */
function contextOf({ sentence: { tokens }, start, end }: Occurrence): string {
  const before = tokens.slice(Math.max(0, start - NEIGHBOURS), start).join('\n');
  const after = tokens.slice(end, end + NEIGHBOURS).join('\n');
  return `${before}\n\n${tokens.slice(start, end).join('\n')}\n\n${after}`;
}

/** Everywhere that the words of some entity stand, with the label ''  where they are none by themselves. */
function* occurrencesOfNames(part: Part): Generator<Occurrence, void, undefined> {
  const names = new Set<string>();
  /** How long the names are that begin with a word. */
  const lengths = new Map<string, Set<number>>();
  for (const { sentence, ...span } of labelledPieces(part)) {
    if (span.end - span.start > LONGEST) continue;
    const first = sentence.tokens[span.start] as string;
    names.add(wordsOf(sentence, span));
    lengths.set(first, (lengths.get(first) ?? new Set()).add(span.end - span.start));
  }
  for (const [index, sentence] of part.sentences.entries()) {
    const labels = new Map(
      (part.spans[index] as readonly Span[]).map(({ label, start, end }) => [`${start} ${end}`, label]),
    );
    for (const [start, token] of sentence.tokens.entries()) {
      for (const length of lengths.get(token) ?? []) {
        const end = start + length;
        if (end > sentence.tokens.length || !names.has(wordsOf(sentence, { label: '', start, end }))) continue;
        yield { label: labels.get(`${start} ${end}`) ?? '', start, end, sentence };
      }
    }
  }
}
