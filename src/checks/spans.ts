import { at } from '../text/at.js';
import { hasSpans } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import { type FindingLog, referTo } from './findings.js';
import { type LabelledPiece, type Part, type PlacedSentence, placeOf, wordsOf } from './part.js';

const PUNCTUATION = /^[\p{P}\p{Z}\s]+$/u;
/** Signs that have a meaning next to a word, as in `50 %`, `@ home`, `# 1`, `AT & T`. */
const SIGNS = /^[%@#&*/\\§†‡]+$/u;
/** Pairs of opening and closing punctuation. */
const PAIRS = "() [] {} <> «» »« “” „” „“ ‘’ ‚‘ \"\" '' ``'' 「」 『』 《》 〈〉 （） 【】".split(' ');

/** Finds entities whose first or last token is white space, or punctuation without a partner in the entity. */
export function checkSpanEdges(part: Part, log: FindingLog): void {
  if (!hasSpans(part.scheme)) return;
  for (const span of part.pieces) {
    const { sentence, start, end, label } = span;
    const stray = [start, end - 1].find((index) => isStray(sentence.tokens, span, index));
    if (stray !== undefined)
      log.add('span-edge', placeOf(sentence, stray, `${JSON.stringify(wordsOf(span))} is ${label}`));
  }
}

function isStray(tokens: readonly string[], span: Span, index: number): boolean {
  const token = at(tokens, index);
  if (!PUNCTUATION.test(token) || SIGNS.test(token)) return false;
  const inside = tokens.slice(span.start, span.end).filter((_, offset) => span.start + offset !== index);
  return !inside.some((other) => PAIRS.includes(token + other) || PAIRS.includes(other + token));
}

/** How many words on each side are the context. */
const NEIGHBOURS = 2;
/** The label of words that are not an entity. */
const NONE = '';

/**
 * Finds words that are labelled differently although the two words before and after them are the same: each occurrence whose
 * label is less frequent in this context than another. Repeated sentences, which another check finds, count once.
 */
export function checkConsistency(part: Part, log: FindingLog): void {
  const contexts = new Map<string, LabelledPiece[]>();
  for (const occurrence of hasSpans(part.scheme) ? occurrencesOfNames(part) : part.pieces) {
    const key = contextOf(occurrence);
    const found = contexts.get(key);
    if (found) found.push(occurrence);
    else contexts.set(key, [occurrence]);
  }
  for (const occurrences of contexts.values()) checkContext(occurrences, log);
}

function checkContext(occurrences: readonly LabelledPiece[], log: FindingLog): void {
  const [first] = occurrences;
  if (!first || occurrences.every(({ label }) => label === first.label)) return;
  const bySentence = new Map(occurrences.map((each) => [`${each.start} ${each.sentence.tokens.join('\n')}`, each]));
  const distinct = [...bySentence.values()];
  const countOf = (label: string): number => distinct.filter((each) => each.label === label).length;
  const usual = distinct.reduce((best, each) => (countOf(each.label) > countOf(best.label) ? each : best));
  const { file, lines } = usual.sentence;
  for (const occurrence of distinct) {
    const { sentence, start, label } = occurrence;
    if (label === usual.label) continue;
    const there = referTo({ file, line: at(lines, usual.start) }, sentence.file);
    const what = `${JSON.stringify(wordsOf(occurrence))} is ${described(label)}, and ${described(usual.label)} in ${there}`;
    log.add('inconsistent-label', placeOf(sentence, start, what));
  }
}

/** Describes a label for a message. */
function described(label: string): string {
  return label === NONE ? 'no entity' : label;
}

/** Returns a key of the words and their neighbours; tokens contain no line feed. */
function contextOf({ sentence: { tokens }, start, end }: LabelledPiece): string {
  const before = tokens.slice(Math.max(0, start - NEIGHBOURS), start).join('\n');
  const after = tokens.slice(end, end + NEIGHBOURS).join('\n');
  return `${before}\n\n${tokens.slice(start, end).join('\n')}\n\n${after}`;
}

/** The names of a corpus as a prefix tree of words. */
interface NameTree {
  readonly next: Map<string, NameTree>;
  endsName: boolean;
}

/** Yields every place with the words of some entity, labelled or not. */
function* occurrencesOfNames({ sentences, spans, pieces }: Part): Generator<LabelledPiece, void, undefined> {
  const root = namesOf(pieces);
  for (const [index, sentence] of sentences.entries()) {
    const labels = new Map((spans[index] ?? []).map(({ label, start, end }) => [`${start} ${end}`, label]));
    for (const start of sentence.tokens.keys())
      for (const end of endsOfNames(sentence, start, root))
        yield { label: labels.get(`${start} ${end}`) ?? NONE, start, end, sentence };
  }
}

function namesOf(pieces: readonly LabelledPiece[]): NameTree {
  const root: NameTree = { next: new Map(), endsName: false };
  for (const { sentence, start, end } of pieces) {
    let node = root;
    for (const token of sentence.tokens.slice(start, end)) {
      const next: NameTree = node.next.get(token) ?? { next: new Map(), endsName: false };
      node.next.set(token, next);
      node = next;
    }
    node.endsName = true;
  }
  return root;
}

/** Yields the ends of the names that begin at a token. */
function* endsOfNames({ tokens }: PlacedSentence, start: number, root: NameTree): Generator<number, void, undefined> {
  let node: NameTree | undefined = root;
  for (let end = start; node; end++) {
    if (node.endsName) yield end;
    const token: string | undefined = tokens[end];
    node = token === undefined ? undefined : node.next.get(token);
  }
}
