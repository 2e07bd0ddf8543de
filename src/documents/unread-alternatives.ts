/** An element `mc:AlternateContent` that is open. */
interface OpenAlternatives {
  hasFallback: boolean;
  isInFallback: boolean;
  holdsText: boolean;
}

/** Matches tags of alternatives and of fallbacks, the beginning of a text, and a reference to a picture. */
const MARKS = /<(\/?)mc:(AlternateContent|Fallback)(?:\s[^>]*?)?(\/?)>|<\w+:t[\s>]|\sr:embed="/g;

/**
 * Counts the places of a part of a document of Word that hold text or a picture for newer programs alone: alternatives (ECMA-376,
 * part 3) without a fallback, which is all that mammoth reads of them.
 *
 * @param xml the text of the part
 */
export function countUnreadAlternatives(xml: string): number {
  const open: OpenAlternatives[] = [];
  let count = 0;
  for (const [, closing, name, empty] of xml.matchAll(MARKS)) {
    const inner = open.at(-1);
    if (name === undefined) for (const each of open) each.holdsText = true;
    else if (name === 'Fallback') {
      if (!inner) continue;
      inner.isInFallback = closing === '' && empty === '';
      inner.hasFallback ||= inner.isInFallback;
    } else if (closing === '/') {
      const closed = open.pop();
      const outer = open.at(-1);
      const isReadWithout = !outer || outer.isInFallback;
      if (closed?.holdsText && !closed.hasFallback && isReadWithout) count++;
    } else if (empty === '') open.push({ hasFallback: false, isInFallback: false, holdsText: false });
  }
  return count;
}
