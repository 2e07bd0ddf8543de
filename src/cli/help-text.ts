import { wrapLine } from '../reports/lines.js';

/** An example or an option with its description, which two spaces or more separate. */
const DESCRIBED = /^( *\S.*?\S) {2,}(\S.*)$/;
const INDENT = ' '.repeat(6);

/**
 * Breaks the lines of a help text that are wider than a terminal: before the description, and between words.
 *
 * @param width in columns; the text is returned as it is if it is undefined
 */
export function fitHelp(text: string, width: number | undefined): string {
  if (width === undefined) return text;
  const fit = (line: string): string => {
    if (line.length <= width) return line;
    const [, what, description] = DESCRIBED.exec(line) ?? [];
    if (what === undefined || description === undefined) return wrapLine(line, width, INDENT);
    return `${wrapLine(what, width, INDENT)}\n${wrapLine(INDENT + description, width, INDENT)}`;
  };
  return text.split('\n').map(fit).join('\n');
}
