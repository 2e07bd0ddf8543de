import { isPrefixed, OUTSIDE, partsOf, type Scheme } from './scheme.js';

/**
 * Finds the scheme of tags: plain if no tag has a prefix; BIOES if E- or S- (L-, U-) occurs; IOB1 if spans begin with I-, and
 * with B- only where they touch a span of the same label; else IOB2.
 *
 * @param outside the outside tag, if the user named one
 */
export function detectScheme(sentences: readonly { readonly tags: readonly string[] }[], outside?: string): Scheme {
  const read: Scheme = { name: 'iob2', outside: outside ?? 'O' };
  const { prefixes, openedByI, openedByBAlone, plainTags } = surveyTags(sentences, read);
  if (prefixes.size === 0 && plainTags > 0) return { name: 'plain', outside };
  if (['E', 'S', 'L', 'U'].some((prefix) => prefixes.has(prefix))) return { ...read, name: 'bioes' };
  return { ...read, name: openedByI > 0 && openedByBAlone === 0 ? 'iob1' : 'iob2' };
}

/** How many spans must be spelt as in another scheme, and which share of those that tell the schemes apart, to be no slips. */
const FEWEST_OF_SCHEME = 10;
const SHARE_OF_SCHEME = 0.9;

/** Returns IOB1 for a stated IOB2, or the reverse, if nearly all spans begin as in that scheme; else the stated scheme. */
export function surelyOther(sentences: readonly { readonly tags: readonly string[] }[], scheme: Scheme): Scheme {
  const { openedByI, openedByBAlone } = surveyTags(sentences, scheme);
  const isMost = (count: number): boolean =>
    count >= FEWEST_OF_SCHEME && count >= SHARE_OF_SCHEME * (openedByI + openedByBAlone);
  if (scheme.name === 'iob1' && isMost(openedByBAlone)) return { ...scheme, name: 'iob2' };
  if (scheme.name === 'iob2' && isMost(openedByI)) return { ...scheme, name: 'iob1' };
  return scheme;
}

/** Counts what tells the schemes apart. */
function surveyTags(
  sentences: readonly { readonly tags: readonly string[] }[],
  read: Scheme,
): {
  readonly prefixes: ReadonlySet<string>;
  /** Numbers of spans that begin with I-, and of those that begin with B- without touching a span of their label. */
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
