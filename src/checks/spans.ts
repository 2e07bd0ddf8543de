import { at } from '../text/at.js';
import type { Span } from '../text/sentence.js';
import type { FindingLog } from './findings.js';
import { type Part, placeOf, type SentenceCheck, spansIn, wordsOf } from './part.js';

const PUNCTUATION = /^[\p{P}\p{Z}\s]+$/u;
/** Signs that have a meaning next to a word, as in `50 %`, `@ home`, `# 1`, `AT & T`. */
const SIGNS = /^[%@#&*/\\§†‡]+$/u;
/** Pairs of opening and closing punctuation. */
const PAIRS = "() [] {} <> «» »« “” „” „“ ‘’ ‚‘ \"\" '' ``'' 「」 『』 《》 〈〉 （） 【】".split(' ');

/** Finds entities whose first or last token is white space, or punctuation without a partner in the entity. */
export function checkSpanEdges(part: Part, log: FindingLog): SentenceCheck {
  return {
    take(sentence) {
      for (const span of spansIn(sentence, part)) {
        const { start, end, label } = span;
        const stray = [start, end - 1].find((index) => isStray(sentence.tokens, span, index));
        if (stray === undefined) continue;
        const what = `${JSON.stringify(wordsOf({ ...span, sentence }))} is ${label}`;
        log.add('span-edge', placeOf(sentence, stray, what));
      }
    },
  };
}

function isStray(tokens: readonly string[], span: Span, index: number): boolean {
  const token = at(tokens, index);
  if (!PUNCTUATION.test(token) || SIGNS.test(token)) return false;
  const inside = tokens.slice(span.start, span.end).filter((_, offset) => span.start + offset !== index);
  return !inside.some((other) => PAIRS.includes(token + other) || PAIRS.includes(other + token));
}
