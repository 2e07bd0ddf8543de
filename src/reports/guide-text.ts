import { wrapLine } from './lines.js';

/** A line that must not be joined with its neighbours: a heading, code, a row of a table, or nothing. */
const STANDS_ALONE = /^(#|\||\s{4}|$)/;

/** A line that begins a paragraph of its own. */
const LIST_ITEM = /^- /;

/**
 * Returns a guide, written in Markdown, as text for a terminal: paragraphs and list items are joined and wrapped to the
 * terminal's width; headings, code and tables stay as they are.
 *
 * @param width in columns; undefined: lines stay as they are
 * @param emphasise marks a heading
 */
export function guideText(
  markdown: string,
  width: number | undefined,
  emphasise: (heading: string) => string = (heading) => heading,
): string {
  const lines: string[] = [];
  let isCode = false;
  let isOpen = false;
  for (const line of markdown.trimEnd().split('\n')) {
    if (line.startsWith('```')) {
      isCode = !isCode;
      isOpen = false;
      continue;
    }
    if (isCode) lines.push(line === '' ? '' : `    ${line}`);
    else if (STANDS_ALONE.test(line)) {
      lines.push(line.startsWith('#') ? emphasise(line.replace(/^#+ /, '')) : line);
      isOpen = false;
    } else {
      const text = line.trim().replaceAll('**', '');
      if (isOpen && !LIST_ITEM.test(line)) lines.push(`${lines.pop()} ${text}`);
      else lines.push(text);
      isOpen = true;
    }
  }
  const wrapped = lines.map((line) =>
    STANDS_ALONE.test(line) ? line : wrapLine(line, width, LIST_ITEM.test(line) ? '  ' : ''),
  );
  return `${wrapped.join('\n')}\n`;
}
