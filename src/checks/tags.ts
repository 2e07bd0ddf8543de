import { at } from '../text/at.js';
import { canonicalTag, hasSpans, isPrefixed, type SchemeName, tagsOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import type { FindingLog } from './findings.js';
import { type Part, placeOf, type SentenceCheck, wordsOf, wordsWithCounts } from './part.js';

const TITLES = { iob1: 'IOB1', iob2: 'IOB2', bioes: 'BIOES', bilou: 'BILOU', plain: 'plain' } as const;

/** Spans that only one scheme spells in this way are another scheme, not slips, from this share of all on. */
const SHARE_OF_MIXED = 0.05;
/** Fewer spans of IOB1 among those of IOB2, or the reverse, are slips. */
const FEWEST_OF_MIXED = 5;

/** Finds tags that do not spell spans as the scheme of the corpus does. */
export function checkTags(part: Part, log: FindingLog): SentenceCheck[] {
  const ofKind = hasSpans(part.scheme)
    ? [checkEachTag(part, log), checkMixture(part, log), checkBeginnings(part, log)]
    : [checkOutside(part, log)];
  return [...ofKind, noteUnknown(part, log)];
}

function noteUnknown({ isUnknown }: Part, log: FindingLog): SentenceCheck {
  return {
    take(sentence) {
      for (const [index, tag] of sentence.tags.entries())
        if (isUnknown(tag)) log.add('unknown-tag', placeOf(sentence, index, JSON.stringify(sentence.tokens[index])));
    },
  };
}

function checkEachTag({ scheme, isUnknown }: Part, log: FindingLog): SentenceCheck {
  return {
    take(sentence) {
      const { tokens, tags, pieces } = sentence;
      if (scheme.name === 'plain') return;
      const proper = tagsOf(pieces, tags.length, scheme);
      for (const [index, tag] of tags.entries()) {
        if (canonicalTag(tag, scheme) === proper[index] || isUnknown(tag)) continue;
        const isLone = !isPrefixed(tag);
        const what = `${tag} of ${JSON.stringify(tokens[index])}${isLone ? '' : `, expected ${proper[index]}`}`;
        const isSlip = scheme.name === 'iob1' && tag.startsWith('B-') && proper[index] === `I-${tag.slice(2)}`;
        log.add(isLone ? 'lone-tag' : isSlip ? 'scheme-slip' : 'ill-formed-tag', placeOf(sentence, index, what));
      }
    },
  };
}

type Spelling = Exclude<SchemeName, 'plain'> | 'bilou';

/** Returns the only scheme that spells a span in this way; undefined if several do. */
function spellingOf(
  tags: readonly string[],
  { start, end, label }: Span,
  previous: Span | undefined,
): Spelling | undefined {
  const [first] = at(tags, start);
  const [last] = at(tags, end - 1);
  if (first === 'S' || last === 'E') return 'bioes';
  if (first === 'U' || last === 'L') return 'bilou';
  if (first === 'I') return 'iob1';
  return previous?.end === start && previous.label === label ? undefined : 'iob2';
}

/**
 * Finds sentences in another scheme than most. The spans are the same in all schemes: if tags of IOB1 or IOB2 began as those
 * of BIOES, the scheme of the corpus would be BIOES.
 */
function checkMixture(part: Part, log: FindingLog): SentenceCheck {
  const counts = new Map<Spelling, number>();
  return {
    take({ tags, pieces }) {
      for (const [index, span] of pieces.entries()) {
        const spelling = spellingOf(tags, span, pieces[index - 1]);
        if (spelling) counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
      }
    },
    end() {
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const [usual, ...others] = [...counts].sort(([, countA], [, countB]) => countB - countA);
      const mixed = others.filter(([spelling, count]) => {
        const fewest = isIob(spelling) && usual && isIob(usual[0]) ? FEWEST_OF_MIXED : 1;
        return count >= fewest && count >= SHARE_OF_MIXED * total;
      });
      if (usual && mixed.length > 0)
        addMixed(
          part,
          mixed.map(([spelling]) => spelling),
          usual[0],
          log,
        );
    },
  };
}

function isIob(spelling: Spelling): boolean {
  return spelling === 'iob1' || spelling === 'iob2';
}

function addMixed(part: Part, mixed: readonly Spelling[], usual: Spelling, log: FindingLog): void {
  for (const sentence of part.sentences()) {
    const { tags, pieces } = sentence;
    const spellings = pieces.map((span, index) => spellingOf(tags, span, pieces[index - 1]));
    for (const spelling of mixed) {
      const first = pieces[spellings.indexOf(spelling)];
      if (!first) continue;
      const what = `${JSON.stringify(wordsOf({ ...first, sentence }))} as in ${TITLES[spelling]}, most as in ${TITLES[usual]}`;
      log.add('mixed-schemes', placeOf(sentence, first.start, what));
    }
  }
}

function checkBeginnings({ scheme, first }: Part, log: FindingLog): SentenceCheck {
  let isLacking = scheme.name === 'iob1';
  return {
    take({ tags }) {
      if (isLacking && tags.some((tag) => tag.startsWith('B-'))) isLacking = false;
    },
    end() {
      if (isLacking && first) log.add('no-beginnings', placeOf(first, 0, 'all entities begin with I-'));
    },
  };
}

function checkOutside({ first }: Part, log: FindingLog): SentenceCheck {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    take({ tags }) {
      total += tags.length;
      for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    },
    end() {
      const outside = [...counts.keys()].find((tag) => /^[Oo0]$/.test(tag));
      const count = counts.get(outside ?? '') ?? 0;
      if (first && outside !== undefined && counts.size > 1 && 2 * count > total)
        log.add('outside-unnamed', placeOf(first, 0, `most tokens have the tag ${outside}: --outside ${outside}?`));
    },
  };
}

/** Finds parts whose scheme is not that of train. */
export function checkSchemes([train, ...others]: readonly Part[], log: FindingLog): void {
  for (const { scheme, first } of others) {
    if (!first || !train?.first || scheme.name === train.scheme.name) continue;
    const what = `${TITLES[scheme.name]}, the training corpus ${TITLES[train.scheme.name]}`;
    log.add('several-schemes', placeOf(first, 0, what));
  }
}

/** A corpus with fewer words than this may lack capitals by chance. */
const FEWEST_TOKENS = 1000;
/** About a tenth of the words have a capital in text that uses them; in text without, a typo or two has one. */
const SHARE_OF_CAPITALS = 0.001;

/** Finds tags that repeat the token, and text without capitals in a script that has them. */
export function checkTokens(part: Part, log: FindingLog): SentenceCheck {
  const { scheme, first } = part;
  return {
    take(sentence) {
      for (const [index, token] of sentence.tokens.entries())
        if (token === sentence.tags[index] && token !== scheme.outside && !part.isUnknown(token))
          log.add('tag-is-token', placeOf(sentence, index, JSON.stringify(token)));
    },
    end() {
      let cased = 0;
      let capitals = 0;
      for (const [word, count] of wordsWithCounts(part)) {
        const lower = word.toLowerCase();
        if (lower !== word) capitals += count;
        if (lower !== word.toUpperCase()) cased += count;
      }
      if (first && cased >= FEWEST_TOKENS && capitals <= SHARE_OF_CAPITALS * cased)
        log.add('no-capitals', placeOf(first, 0, `${capitals} of ${cased} words have a capital letter`));
    },
  };
}
