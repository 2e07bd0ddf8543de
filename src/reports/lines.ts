const PLAIN = /^[ -~]*$/;
/** Matches characters that take no column of a terminal, such as accents that follow their letter. */
const NARROWEST = /[\p{Mn}\p{Me}\p{Cf}]/gu;
/** Matches characters that take two columns of a terminal: East Asian wide characters and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;

/**
 * Breaks the lines of a text between words so that they fit a terminal. What is broken goes on two columns further in.
 *
 * @param width in columns; no line is broken if it is undefined
 */
export function wrapLines(text: string, width: number | undefined): string {
  const lines = text.split('\n').map((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return (
      indent + wrapLine(line.slice(indent.length), width && width - indent.length, '  ').replaceAll('\n', `\n${indent}`)
    );
  });
  return lines.join('\n');
}

/**
 * Breaks a line between words so that it fits a terminal. Words that are too long are not broken.
 *
 * @param width in columns; the line is not broken if it is undefined
 * @param indent put before every line but the first
 */
export function wrapLine(line: string, width: number | undefined, indent = ''): string {
  if (width === undefined) return line;
  const [first = '', ...words] = line.split(/(?<=[^ ]) /);
  const lines: string[] = [];
  let last = first;
  for (const word of words) {
    const longer = `${last} ${word}`;
    if (columnsOf(longer) <= width) last = longer;
    else {
      lines.push(last);
      last = indent + word;
    }
  }
  return [...lines, last].join('\n');
}

/** Returns how many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const seen = text.replace(NARROWEST, '');
  return [...seen].length + (seen.match(WIDE)?.length ?? 0);
}

/** Cuts text that is wider than so many columns, and shows that it is cut. */
export function shortened(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let short = '';
  for (const letter of text) {
    if (columnsOf(short + letter) > columns - 1) break;
    short += letter;
  }
  return `${short}…`;
}
