import { hasSpans, isPrefixed, type Scheme } from './scheme.js';

/**
 * Returns which tags may follow which, so that decoded tags are well-formed in their scheme.
 *
 * @param tags K names
 * @returns ((K + 2), K), row by row: 1 if a tag (row) may be followed by another (column), else 0; in the last two rows,
 * whether a tag may begin a sentence, and whether it may end one
 */
export function allowedTransitions(tags: readonly string[], scheme: Scheme): Uint8Array {
  const K = tags.length;
  const allowed = new Uint8Array((K + 2) * K);
  const isOpen = (tag: string): boolean => scheme.name === 'bioes' && /^[BI]-/.test(tag);
  const goesOn = (tag: string): boolean =>
    (scheme.name === 'iob2' && tag.startsWith('I-')) || (scheme.name === 'bioes' && /^[IEL]-/.test(tag));
  const isOfSpan = (tag: string): boolean => isPrefixed(tag) && hasSpans(scheme);
  const follows = (before: string | undefined, tag: string | undefined): boolean => {
    const continues = tag !== undefined && isOfSpan(tag) && goesOn(tag);
    if (before === undefined || !isOfSpan(before)) return !continues && !isLoneB(before, tag);
    if (continues) return before.slice(2) === tag.slice(2) && (scheme.name !== 'bioes' || isOpen(before));
    return !isOpen(before) && !isLoneB(before, tag);
  };
  // IOB1 writes B- only between touching spans of one label.
  const isLoneB = (before: string | undefined, tag: string | undefined): boolean =>
    scheme.name === 'iob1' && tag?.startsWith('B-') === true && before?.slice(2) !== tag.slice(2);
  for (const [from, before] of tags.entries()) {
    for (const [to, tag] of tags.entries()) allowed[from * K + to] = follows(before, tag) ? 1 : 0;
    allowed[K * K + from] = follows(undefined, before) ? 1 : 0;
    allowed[(K + 1) * K + from] = follows(before, undefined) ? 1 : 0;
  }
  return allowed;
}
