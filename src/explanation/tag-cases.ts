import type { Language } from '../model/language.js';
import { at } from '../numerics/at.js';
import { hasSpans, partsOf } from '../text/scheme.js';
import type { TagProbabilities } from './explanation.js';
import type { TagMarginals } from './tag-marginals.js';

/**
 * A case in which a word has a tag of the corpus's scheme: the network gives it one of its `own` tags, and one of `before`
 * to the word before, which may have any if that is undefined.
 */
export interface TagCase {
  readonly own: readonly number[];
  readonly before?: readonly number[];
  /** 1 if the probability of the case is a part of the tag's, -1 if it is taken from it. */
  readonly sign: 1 | -1;
}

/** The cases of each tag of the corpus's scheme, by the tag's name, in the order of the network's tags. */
export type TagCases = ReadonlyMap<string, readonly TagCase[]>;

/** Finds the cases in which words have the tags of the corpus's scheme. */
export function tagCases({ tags, scheme, innerScheme }: Pick<Language, 'tags' | 'scheme' | 'innerScheme'>): TagCases {
  const recodes = hasSpans(scheme) && hasSpans(innerScheme) && innerScheme.name !== scheme.name;
  if (!recodes) return new Map(tags.map((tag, number) => [tag, [{ own: [number], sign: 1 }]]));
  const parts = tags.map((tag) => partsOf(tag, innerScheme));
  const nameOf = (tag: number): string => {
    const { label, prefix } = at(parts, tag);
    if (label === '') return scheme.outside ?? at(tags, tag);
    if (scheme.name === 'plain') return label;
    return `${prefix === 'B' && scheme.name === 'iob2' ? 'B' : 'I'}-${label}`;
  };
  const names = tags.map((_, tag) => nameOf(tag));
  const cases = new Map<string, TagCase[]>();
  for (const name of names) {
    const own = [...names.keys()].filter((tag) => names[tag] === name);
    cases.set(name, [{ own, sign: 1 }]);
  }
  if (scheme.name !== 'iob1') return cases;
  // IOB1 writes B- where a span of the same label ends just before.
  for (const label of new Set(parts.map((part) => part.label)))
    if (label !== '') {
      const having = [...tags.keys()].filter((tag) => at(parts, tag).label === label);
      const own = having.filter((tag) => at(parts, tag).prefix === 'B');
      const before = having.filter((tag) => ['E', 'S'].includes(at(parts, tag).letter));
      cases.get(`I-${label}`)?.push({ own, before, sign: -1 });
      cases.set(`B-${label}`, [{ own, before, sign: 1 }]);
    }
  return cases;
}

/** Returns the probability of a case at a token, from 0 to 1. */
export function caseProbability({ own, before }: TagCase, { tags, pair }: TagMarginals, t: number): number {
  if (!before) return own.reduce((sum, tag) => sum + at(at(tags, t), tag), 0);
  if (t === 0) return 0;
  return own.reduce((sum, to) => sum + before.reduce((part, from) => part + pair(t, from, to), 0), 0);
}

/** Names the probabilities of each token by the tags of the corpus's scheme. */
export function nameMarginals(cases: TagCases, marginals: TagMarginals): TagProbabilities[] {
  return marginals.tags.map((_, t) =>
    Object.fromEntries(
      [...cases]
        .filter(([, each]) => t > 0 || each.some(({ before }) => !before))
        .map(([name, each]) => {
          const sum = each.reduce((total, own) => total + own.sign * caseProbability(own, marginals, t), 0);
          return [name, Math.max(0, sum)];
        }),
    ),
  );
}
