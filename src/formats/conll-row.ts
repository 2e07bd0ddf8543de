import { badInput } from '../errors.js';
import { type ConllColumns, type ConllLayout, isTokenNumber, tagOfPairs } from './conll-layout.js';

export interface ConllReaderOptions extends ConllColumns {
  /** Name of the file in messages. */
  readonly source: string;
  /** Whether each token must have a tag; without, a line may be a token alone and its tag is empty. */
  readonly needsTags: boolean;
  /** How many columns each line has; undefined: as many as the first. */
  readonly columnCount?: number | undefined;
  /** Is told of each line that cannot be read, whose sentence is left out; undefined: the first one is thrown. */
  readonly onRefusal?: ((refusal: Refusal) => void) | undefined;
}

/** Why a line cannot be read. */
export interface Refusal {
  readonly kind: 'wrong-columns' | 'empty-field' | 'long-line';
  readonly line: number;
  readonly what: string;
}

/** What one line of columns says. */
export interface ConllRow {
  readonly token: string;
  readonly tag: string;
}

/** Takes the columns of one line after the other, and holds each to those before. */
export interface RowReader {
  /** How many columns each line must have; 0 before the first one. */
  readonly columnCount: number;
  /** @throws UserError with `source:line` where they are not as they should be; whoever waits for refusals is told first */
  read(columns: readonly string[], line: number, layout: ConllLayout): ConllRow;
}

/** Lines of more columns are no corpus. */
const MOST_COLUMNS = 1000;

export function createRowReader(options: ConllReaderOptions): RowReader {
  let columnCount = options.columnCount ?? 0;

  function fail(line: number, what: string, hint: string, kind: Refusal['kind'] = 'wrong-columns'): never {
    options.onRefusal?.({ kind, line, what });
    throw badInput(`${options.source}:${line}: ${what}`, hint);
  }

  function pick(columns: readonly string[], column: number, name: string, line: number): string {
    const value = columns[column - 1];
    if (value === undefined)
      fail(line, `expected the ${name} in column ${column}, found ${columns.length} columns`, `see --${name}-column`);
    if (value === '')
      fail(line, `the ${name} in column ${column} is empty`, 'fill it in, or remove the line', 'empty-field');
    return value;
  }

  function read(columns: readonly string[], line: number, { isNumbered, ...where }: ConllLayout): ConllRow {
    if (columns.length > MOST_COLUMNS)
      fail(
        line,
        `found ${columns.length} columns`,
        'each line holds a token, a tab or a space, and its tag, as in "London B-LOC"',
      );
    if (columnCount === 0) columnCount = columns.length;
    if (columns.length !== columnCount)
      fail(
        line,
        `expected ${columnCount} columns${options.columnCount ? '' : ' as in the lines before'}, found ${columns.length}`,
        columns.some((column) => column.includes(']('))
          ? 'this looks like bracket text: say --from bracket'
          : 'separate columns by one tab or by spaces, and sentences by an empty line',
      );
    const isTagged = options.needsTags || options.tagColumn !== undefined;
    if (isTagged && columns.length < 2)
      fail(
        line,
        `expected a token and its tag, found only ${JSON.stringify(shorten(columns[0] as string))}`,
        'each line holds a token, a tab or a space, and its tag, as in "London B-LOC"',
      );
    if (isNumbered && !isTokenNumber(columns[0] as string))
      fail(
        line,
        `expected a token number, found ${JSON.stringify(shorten(columns[0] as string))}`,
        'number every line, as the first one is',
      );
    if (isTagged && isNumbered && columns.length > 3 && where.tagColumn === undefined)
      fail(
        line,
        `lines are numbered and have ${columns.length} columns: which one holds the tag?`,
        'say it with --tag-column, as in --tag-column 3 for .iob2 files',
      );
    const token = pick(columns, where.tokenColumn, 'token', line);
    const tag = isTagged
      ? pick(columns, where.tagColumn ?? columns.length, 'tag', line)
      : (columns.slice(1).at(-1) ?? '');
    const found = where.hasPairs ? tagOfPairs(tag) : tag;
    if (found === '' && isTagged)
      fail(line, 'the tag among the pairs is empty', 'fill it in, or remove the pair', 'empty-field');
    return { token, tag: found };
  }

  return {
    get columnCount() {
      return columnCount;
    },
    read,
  };
}

/** As much of a column as a message has room for. */
function shorten(column: string): string {
  return column.length > 60 ? `${column.slice(0, 60)}…` : column;
}
