import { TAG } from './conll-layout.js';

/** How a file that is taken for columns may look instead. */
interface OtherFile {
  /** A text that goes on "expected ..., found ...". */
  readonly what: string;
  readonly hint: string;
}

/** A cell of CSV after a separator, at the end of what spaces separate. */
const CELL = /[,;]"?\p{L}|[^\d][,;]"?\d/u;
/** Lines of columns between spaces have no more columns than this, as a rule. */
const MOST_COLUMNS = 4;

/**
 * Tells what a line seems to be that does not have the columns of the lines before it: bracket text, CSV or raw text;
 * undefined if it may well be columns.
 *
 * @param columnCount the number of columns of the lines before; 0 for the first line
 */
export function otherFileOf(line: string, columnCount: number): OtherFile | undefined {
  if (line.includes('](')) return { what: 'what looks like bracket text', hint: 'say --from bracket' };
  if (line.includes('\t')) return undefined;
  const columns = line.split(' ').filter((column) => column !== '');
  const last = columns.at(-1) ?? '';
  if (CELL.test(last))
    return {
      what: 'what looks like CSV, with commas or semicolons between its cells',
      hint: 'columns are separated by tabs or spaces; rnn help formats says how to turn CSV into columns',
    };
  if (Math.max(columns.length, columnCount) > MOST_COLUMNS && !TAG.test(last))
    return {
      what: 'what looks like raw text',
      hint: 'a corpus has a token and its tag on each line: see rnn help formats; rnn tag --file tags raw text',
    };
  return undefined;
}
