import { isPrefixed, OUTSIDE, partsOf, type Scheme } from './scheme.js';

/**
 * Finds the scheme by looking at the tags: IOB2 when every span opens with B-, IOB1 when only touching spans of one
 * label do, BIOES when E- or S- (L-, U-) occurs, plain when no tag has a prefix; IOB2 where nothing decides.
 *
 * @param outside the outside tag where the person named one
 */
export function detectScheme(sentences: readonly { readonly tags: readonly string[] }[], outside?: string): Scheme {
  const read: Scheme = { name: 'iob2', outside: outside ?? 'O' };
  const { prefixes, openedByI, openedByBAlone, plainTags } = surveyTags(sentences, read);
  if (prefixes.size === 0 && plainTags > 0) return { name: 'plain', outside };
  if (['E', 'S', 'L', 'U'].some((prefix) => prefixes.has(prefix))) return { ...read, name: 'bioes' };
  return { ...read, name: openedByI > 0 && openedByBAlone === 0 ? 'iob1' : 'iob2' };
}

/** Spans that a scheme spells otherwise than another are no slips where there are so many, and nearly no others. */
const FEWEST_OF_SCHEME = 10;
const SHARE_OF_SCHEME = 0.9;

/** IOB1 where tags are said to be IOB2, and the reverse, when nearly all spans open so; else what was said. */
export function surelyOther(sentences: readonly { readonly tags: readonly string[] }[], scheme: Scheme): Scheme {
  const { openedByI, openedByBAlone } = surveyTags(sentences, scheme);
  const isMost = (count: number): boolean =>
    count >= FEWEST_OF_SCHEME && count >= SHARE_OF_SCHEME * (openedByI + openedByBAlone);
  if (scheme.name === 'iob1' && isMost(openedByBAlone)) return { ...scheme, name: 'iob2' };
  if (scheme.name === 'iob2' && isMost(openedByI)) return { ...scheme, name: 'iob1' };
  return scheme;
}

/** What tells the schemes apart. */
function surveyTags(
  sentences: readonly { readonly tags: readonly string[] }[],
  read: Scheme,
): {
  readonly prefixes: ReadonlySet<string>;
  /** Spans that open with I-, and with B- where they touch none of their label. */
  readonly openedByI: number;
  readonly openedByBAlone: number;
  readonly plainTags: number;
} {
  const prefixes = new Set<string>();
  let openedByI = 0;
  let openedByBAlone = 0;
  let plainTags = 0;
  for (const { tags } of sentences) {
    let previous = OUTSIDE;
    for (const tag of tags) {
      const next = partsOf(tag, read);
      if (isPrefixed(tag)) {
        prefixes.add(next.prefix);
        const goesOn = previous.label === next.label;
        if (next.prefix === 'I' && !goesOn) openedByI++;
        if (next.prefix === 'B' && !goesOn) openedByBAlone++;
      } else if (tag !== read.outside) plainTags++;
      previous = next;
    }
  }
  return { prefixes, openedByI, openedByBAlone, plainTags };
}
