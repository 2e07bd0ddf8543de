/** An element `mc:AlternateContent` that is open. */
interface OpenAlternatives {
  isInFallback: boolean;
  /** Whether a text or a picture was seen in its fallback, and whether in what is for newer programs. */
  isReadable: boolean;
  isNewer: boolean;
}

/** Matches tags of alternatives and of fallbacks, the beginning of a text, and a reference to a picture of this or an older Word. */
const MARKS = /<(\/?)mc:(AlternateContent|Fallback)(?:\s[^>]*?)?(\/?)>|<\w+:t[\s>]|\sr:embed="|<v:imagedata\s/g;

/**
 * Counts the places of a part of a document of Word that hold text or a picture for newer programs alone: alternatives (ECMA-376,
 * part 3) without a fallback that holds any, which is all that mammoth reads of them.
 *
 * @param xml the text of the part
 */
export function countUnreadAlternatives(xml: string): number {
  const open: OpenAlternatives[] = [];
  let count = 0;
  for (const [, closing, name, empty] of xml.matchAll(MARKS)) {
    const inner = open.at(-1);
    if (name === undefined) open.forEach(noteContent);
    else if (name === 'Fallback') {
      if (inner) inner.isInFallback = closing === '' && empty === '';
    } else if (closing === '/') {
      const closed = open.pop();
      const outer = open.at(-1);
      const isReadWithout = !outer || outer.isInFallback;
      if (closed?.isNewer && !closed.isReadable && isReadWithout) count++;
    } else if (empty === '') open.push({ isInFallback: false, isReadable: false, isNewer: false });
  }
  return count;
}

/** Notes that a text or a picture stands in alternatives. */
function noteContent(alternatives: OpenAlternatives): void {
  if (alternatives.isInFallback) alternatives.isReadable = true;
  else alternatives.isNewer = true;
}
