import { badInput } from '../errors.js';
import type { TextSpan } from '../text/sentence.js';

const LABEL = /\]\(([^()\s]+)\)/y;

/**
 * Splits bracket text into text and labelled ranges; a backslash escapes a bracket or a backslash.
 *
 * @throws {UserError} if brackets do not pair or spans nest
 */
export function parseBracketText(
  line: string,
  place: string,
): { readonly text: string; readonly ranges: readonly TextSpan[] } {
  const ranges: TextSpan[] = [];
  let text = '';
  let opened = -1;
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    const next = line[index + 1];
    if (character === '\\' && (next === '[' || next === ']' || next === '\\')) {
      text += next;
      index++;
    } else if (character === '[') {
      if (opened >= 0) throw badInput(`${place}: a "[" inside a span`, 'write a literal bracket as \\[');
      opened = text.length;
    } else if (character === ']') {
      LABEL.lastIndex = index;
      const [, label] = LABEL.exec(line) ?? [];
      if (opened < 0 || label === undefined)
        throw badInput(`${place}: a "]" that closes no [entity](LABEL)`, 'write a literal bracket as \\]');
      ranges.push({ label, start: opened, end: text.length });
      opened = -1;
      index = LABEL.lastIndex - 1;
    } else text += character;
  }
  if (opened >= 0) throw badInput(`${place}: a "[" that no "](LABEL)" closes`, 'write a literal bracket as \\[');
  return { text, ranges };
}

/** Marks labelled ranges, which must be in order and not overlap, in a text: the inverse of `parseBracketText`. */
export function writeBracketText(text: string, ranges: readonly TextSpan[]): string {
  let written = '';
  let position = 0;
  for (const { label, start, end } of ranges) {
    written += `${escapeBrackets(text.slice(position, start))}[${escapeBrackets(text.slice(start, end))}](${label})`;
    position = end;
  }
  return written + escapeBrackets(text.slice(position));
}

/** Escapes brackets, and backslashes only where they would be read as an escape. */
function escapeBrackets(text: string): string {
  return text.replace(/\\(?=[\\[\]]|$)|[[\]]/g, '\\$&');
}
