import { badUsage } from '../errors.js';
import type { Language } from '../model/language.js';
import { counted } from '../text/counts.js';
import { detectScheme, hasSpans, isPrefixed, partsOf, recode, type Scheme, spansOf, tagsOf } from '../text/scheme.js';

/** Gold tags of one sentence. */
export interface GoldTags {
  /** (T), in the corpus's scheme */
  readonly names: readonly string[];
  /** (T), the numbers of the network's own tags */
  readonly numbers: readonly number[];
}

/** Returns the scheme in which a user writes tags for a model: that of the model, or another one with prefixes that the tags show. */
export function schemeOfGold(tags: readonly string[], { scheme }: Pick<Language, 'scheme'>): Scheme {
  if (!hasSpans(scheme) || scheme.name === 'plain') return scheme;
  const found = detectScheme([{ tags }], scheme.outside);
  if (found.name === 'bioes') return found;
  return scheme.name === 'bioes' ? { ...scheme, name: 'iob2' } : scheme;
}

/**
 * Reads gold tags. Tags that are ill-formed in their scheme are read as conlleval reads them.
 *
 * @param scheme the scheme of the tags
 * @throws {UserError} if they are of another count than the tokens, or if the model does not know them, exit code 2
 */
export function readGold(
  tags: readonly string[],
  tokens: readonly string[],
  scheme: Scheme,
  { scheme: outer, innerScheme, tags: innerTags }: Pick<Language, 'scheme' | 'innerScheme' | 'tags'>,
): GoldTags {
  if (tags.length !== tokens.length)
    throw badUsage(
      `gold tags: expected ${counted(tokens.length, 'tag')}, one a token, found ${tags.length}`,
      `the tokens are: ${tokens.join(' ')}`,
    );
  const spell = hasSpans(outer) && hasSpans(scheme);
  const names = spell ? tagsOf(spansOf(tags, scheme), tags.length, outer) : tags;
  const known = new Map(innerTags.map((tag, number) => [tag, number]));
  const numbers = recode(names, outer, innerScheme).map((tag, t) => {
    const number = known.get(tag);
    const given = tags[t] ?? '';
    if (number !== undefined && (!spell || isSpelling(given, scheme))) return number;
    const { label, letter } = partsOf(tag, innerScheme);
    if (number === undefined && innerTags.some((each) => partsOf(each, innerScheme).label === label)) {
      const words = WORDS_OF_SPANS[letter];
      if (innerScheme.name === 'bioes' && words !== undefined)
        throw badUsage(
          `gold tags: the model knows no ${label} of ${words}, as at token ${t + 1}, ${tokens[t]}`,
          `the tags in the network are: ${innerTags.join(' ')}`,
        );
    }
    const inner = given === tag || !isSpelling(given, scheme) ? '' : ` (${tag} in the network)`;
    throw badUsage(
      `gold tags: the model does not know the tag ${given}${inner} of token ${t + 1}, ${tokens[t]}`,
      `its tags are: ${namesOf(innerTags, innerScheme, outer).join(' ')}`,
    );
  });
  return { names, numbers };
}

/** How many words a span has, by the letter of one of its tags in BIOES. */
const WORDS_OF_SPANS: Readonly<Record<string, string>> = {
  S: 'one word',
  B: 'more than one word',
  E: 'more than one word',
  I: 'more than two words',
};

function isSpelling(tag: string, { name, outside }: Scheme): boolean {
  return name === 'plain' || tag === outside || isPrefixed(tag);
}

/** Returns the network's tags, each spelt in another scheme as if it stood alone. */
function namesOf(tags: readonly string[], from: Scheme, to: Scheme): string[] {
  const spelt = tags.map((tag) => recode([tag], from, to)[0] ?? tag);
  return [...new Set(hasSpans(to) && to.name !== 'plain' && from.name !== to.name ? spelt.flatMap(continued) : spelt)];
}

/** Adds to the tag that opens a span the one that goes on with it. */
function continued(tag: string): string[] {
  return tag.startsWith('B-') ? [tag, `I-${tag.slice(2)}`] : [tag];
}
