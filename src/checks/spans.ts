import { at } from '../text/at.js';
import { hasSpans } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import type { FindingLog } from './findings.js';
import { type Part, placeOf, wordsOf } from './part.js';

const PUNCTUATION = /^[\p{P}\p{Z}\s]+$/u;
/** Signs that have a meaning next to a word, as in `50 %`, `@ home`, `# 1`, `AT & T`. */
const SIGNS = /^[%@#&*/\\§†‡]+$/u;
/** Pairs of opening and closing punctuation. */
const PAIRS = [
  '()',
  '[]',
  '{}',
  '<>',
  '«»',
  '»«',
  '“”',
  '„”',
  '„“',
  '‘’',
  '‚‘',
  '""',
  "''",
  "``''",
  '「」',
  '『』',
  '《》',
  '〈〉',
  '（）',
  '【】',
];

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
