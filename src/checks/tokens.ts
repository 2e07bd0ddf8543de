import type { FindingLog } from './findings.js';
import { type Part, placeOf } from './part.js';

/** A corpus with fewer words than this may lack capitals by chance. */
const FEWEST_TOKENS = 1000;
/** About a tenth of the words have a capital in text that uses them; in text without, a typo or two has one. */
const SHARE_OF_CAPITALS = 0.001;

/** Finds tags that repeat the token, and text without capitals in a script that has them. */
export function checkTokens({ sentences, scheme, words }: Part, log: FindingLog): void {
  for (const sentence of sentences)
    for (const [index, token] of sentence.tokens.entries())
      if (token === sentence.tags[index] && token !== scheme.outside)
        log.add('tag-is-token', placeOf(sentence, index, JSON.stringify(token)));
  let cased = 0;
  let capitals = 0;
  for (const [word, count] of words) {
    const lower = word.toLowerCase();
    if (lower !== word) capitals += count;
    if (lower !== word.toUpperCase()) cased += count;
  }
  const [first] = sentences;
  if (first && cased >= FEWEST_TOKENS && capitals <= SHARE_OF_CAPITALS * cased)
    log.add('no-capitals', placeOf(first, 0, `${capitals} of ${cased} words have a capital letter`));
}
