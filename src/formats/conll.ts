import { badInput } from '../errors.js';
import { at } from '../text/at.js';
import { counted } from '../text/counts.js';
import { quote } from '../text/quote.js';
import type { Sentence } from '../text/sentence.js';
import {
  beginNumbered,
  type ConllColumns,
  type ConllLayout,
  findLayout,
  NAMED_COLUMNS,
  RANGE_OR_EMPTY_NODE,
  splitColumns,
  TOKEN_NUMBER,
  tagOfPairs,
} from './conll-layout.js';
import type { ConllLeftOut } from './conll-left-out.js';
import type { OnRefusal, RefusalKind } from './format.js';
import { isTooLong, lineTooLong, REFUSED_LINE } from './lines.js';
import { otherFileOf } from './other-files.js';
import type { TokenlessLine } from './tokenless-lines.js';
import { isWhiteSpace } from './white-space-tokens.js';

export type { ConllColumns } from './conll-layout.js';

export interface ConllReaderOptions extends ConllColumns {
  /** Name of the file in messages. */
  readonly source: string;
  /** Whether each token must have a tag. If not, a line may be a token alone, and its tag is empty. */
  readonly needsTags: boolean;
  /** The number of columns that each line has; undefined: as many as the first line that can be read. */
  readonly columnCount?: number | undefined;
  /** Is told of each line that cannot be read, whose sentence is left out. Without it, the first such line is thrown. */
  readonly onRefusal?: OnRefusal | undefined;
  /** Notes what is neither read nor empty. */
  readonly leftOut?: ConllLeftOut | undefined;
  /** Is told of each range of tokens and empty node of CoNLL-U. */
  readonly onTokenless?: ((line: TokenlessLine) => void) | undefined;
}

/** Takes lines and gives sentences, so that a file and an endless stream are read alike. */
export interface ConllReader {
  /** Takes the next line, without its line feed, and returns the sentence that it ends, if it ends one. */
  push(line: string): Sentence | undefined;
  /** Takes the token and the tag of the next line, if they are all that `push` would find in it. */
  pushToken(token: string, tag: string): void;
  /** Returns the sentence that the end of the file ends, if there is one. */
  end(): Sentence | undefined;
  /** The number of lines that were taken. */
  readonly lines: number;
  /** The layout that the first lines have shown; undefined until then. */
  readonly layout: ConllLayout | undefined;
  /** How lines can be split without `push`; undefined if they cannot, or not yet. */
  readonly plainLayout: PlainLayout | undefined;
}

/** Where tokens and tags stand in lines of which `push` would take nothing else. */
export interface PlainLayout {
  /** The number of columns, at least 2. */
  readonly columnCount: number;
  /** The column of the token and that of the tag, from 0. */
  readonly tokenColumn: number;
  readonly tagColumn: number;
  /** Whether the first column must be a number. */
  readonly isNumbered: boolean;
  /** Whether lines that begin with # may be comments. */
  readonly hasComments: boolean;
}

const DOCUMENT_START = /^-DOCSTART-(?:[\t ]|$)/;
/** Universal NER marks the batches of its annotators so too (`id = batch-0001`), which are no documents. */
const NEW_DOCUMENT = /^# newdoc(?!\s+id\s*=\s*batch-\d+\s*$)(?:\s|$)/;
const TEXT = /^# text = (.*)$/;
/** The number of lines that show how a file is laid out, if any do. */
const TOKENS_LOOKED_AT = 10_000;
/** Arrays of longer sentences are not kept for the next one. */
const MANY_TOKENS = 10_000;
/** Ends the reading of a line that is refused where somebody listens; made once, since an error of its own for each line is slow. */
const REFUSED = new Error('the line is refused');
/** Lines of more columns are no corpus. */
const MOST_COLUMNS = 1000;
const LINE_HINT = 'each line holds a token, a tab or a space, and its tag, as in "London B-LOC"';

/**
 * Reads CoNLL columns: separated by tabs where the line holds one, else by spaces; a sentence ends at a line of white
 * space; `-DOCSTART-` lines open a document. In files like CoNLL-U, whose lines begin with the token's number, lines
 * that begin with `#` are comments, `# newdoc` opens a document, the token stands second unless told otherwise, and
 * the tag where `findLayout` sees it. `createConllByteReader` reads the same from bytes, faster.
 *
 * @throws {UserError} if a line has too few columns, or not as many as the lines before, with `source:line`, exit code 3;
 *   not if there is an `onRefusal`
 */
export function createConllReader(options: ConllReaderOptions): ConllReader {
  const isTagged = options.needsTags || options.tagColumn !== undefined;
  let lineNumber = 0;
  let columnCount = options.columnCount ?? 0;
  let layout: ConllLayout | undefined;
  /** The first lines, until they tell the layout. */
  let undecided: string[] = [];
  /** The number of each of them in the file; lines that were refused may lie between. */
  let undecidedNumbers: number[] = [];
  let undecidedTokens = 0;
  let document = 0;
  let sentencesOfDocument = 0;
  let sentenceCount = 0;
  let marksDocuments = false;
  /** The tokens and tags of the sentence at hand, and behind them those of longer ones before. */
  let tokens: string[] = [];
  let tags: string[] = [];
  let count = 0;
  let firstLine = 0;
  let text: string | undefined;
  /** Whether a line of the sentence at hand could not be read. */
  let isRefused = false;

  function refuse(line: number, what: string, hint: string, kind: RefusalKind = 'wrong-columns'): never {
    if (!options.onRefusal) throw badInput(`${options.source}:${line}: ${what}`, hint);
    options.onRefusal({ kind, line, what });
    throw REFUSED;
  }

  /** Checks the columns of a token's line. */
  function checkColumns(
    columns: readonly string[],
    text: string,
    line: number,
    { isNumbered, tagColumn }: ConllLayout,
  ): void {
    const count = columns.length;
    const first = at(columns, 0);
    const isFew = isTagged && count < 2;
    const other =
      isFew || (columnCount > 0 && count !== columnCount && count <= MOST_COLUMNS)
        ? otherFileOf(text, columnCount)
        : undefined;
    if (other) refuse(line, `expected a token and its tag, found ${other.what}`, other.hint);
    if (count > MOST_COLUMNS) refuse(line, `found ${counted(count, 'column')}`, LINE_HINT);
    if (columnCount > 0 && count !== columnCount)
      refuse(
        line,
        `expected ${counted(columnCount, 'column')}${options.columnCount ? '' : ' as in the lines before'}, found ${count}`,
        'separate columns by one tab or by spaces, and sentences by an empty line',
      );
    if (isFew) refuse(line, `expected a token and its tag, found only ${quote(first)}`, LINE_HINT);
    if (isNumbered && !TOKEN_NUMBER.test(first))
      refuse(line, `expected a token number, found ${quote(first)}`, 'number every line, as the first one is');
    if (isTagged && isNumbered && count > 3 && tagColumn === undefined)
      refuse(
        line,
        `lines are numbered and have ${count} columns: which one holds the tag?`,
        'say it with --tag-column, as in --tag-column 3 for .iob2 files',
      );
  }

  /** Returns what a column holds, counted from 1. */
  function pick(columns: readonly string[], column: number, name: string, line: number): string {
    const value = columns[column - 1];
    if (value === undefined)
      refuse(
        line,
        `expected the ${name} in column ${column}, found ${counted(columns.length, 'column')}`,
        `see --${name}-column`,
      );
    if (value === '')
      refuse(line, `the ${name} in column ${column} is empty`, 'fill it in, or remove the line', 'empty-field');
    return value;
  }

  function addToken(whole: string, columns: readonly string[], line: number, known: ConllLayout): void {
    checkColumns(columns, whole, line, known);
    const token = pick(columns, known.tokenColumn, 'token', line);
    const field = isTagged
      ? pick(columns, known.tagColumn ?? columns.length, 'tag', line)
      : (columns.slice(1).at(-1) ?? '');
    const tag = known.hasPairs ? tagOfPairs(field) : field;
    if (tag === '' && isTagged)
      refuse(line, 'the tag among the pairs is empty', 'fill it in, or remove the pair', 'empty-field');
    columnCount ||= columns.length;
    pushToken(token, tag, line);
    options.leftOut?.takeLine(columns, known, text !== undefined);
  }

  function pushToken(token: string, tag: string, line: number): void {
    if (count === 0) firstLine = line;
    tokens[count] = token;
    tags[count++] = tag;
  }

  function startDocument(): void {
    marksDocuments = true;
    if (sentencesOfDocument > 0) document++;
    sentencesOfDocument = 0;
  }

  /** Returns a copy that is as long as the sentence and no longer, or the array itself if the sentence is very long. */
  function takeColumn(column: string[]): string[] {
    if (count <= MANY_TOKENS) return column.slice(0, count);
    column.length = count;
    return column;
  }

  function finishSentence(): Sentence | undefined {
    const isWhole = count > 0 && !isRefused;
    isRefused = false;
    if (!isWhole) {
      count = 0;
      text = undefined;
      return undefined;
    }
    const sentence = {
      tokens: takeColumn(tokens),
      tags: takeColumn(tags),
      document,
      line: firstLine,
      ...(marksDocuments && { isOfMarkedDocument: true as const }),
    };
    if (count > MANY_TOKENS) {
      tokens = [];
      tags = [];
    }
    count = 0;
    sentencesOfDocument++;
    sentenceCount++;
    if (text === undefined) return sentence;
    const withText = { ...sentence, text };
    text = undefined;
    return withText;
  }

  /** Takes the line of a token, or a comment. */
  function take(line: string, number: number, known: ConllLayout): void {
    if (line.startsWith('#') && (known.isNumbered || (known.isNamed && !line.includes('\t')))) {
      if (NEW_DOCUMENT.test(line)) startDocument();
      const textOfLine = count === 0 ? TEXT.exec(line)?.[1] : undefined;
      text = textOfLine ?? text;
      if (textOfLine === undefined) options.leftOut?.takeComment(line, sentenceCount + 1);
      return;
    }
    const columns = splitColumns(line);
    const name = at(columns, 0);
    if (known.isNumbered && RANGE_OR_EMPTY_NODE.test(name)) {
      const field = columns[(known.tagColumn ?? columns.length) - 1] ?? '';
      options.onTokenless?.({ line: number, name, tag: known.hasPairs ? tagOfPairs(field) : field });
      return;
    }
    try {
      addToken(line, columns, number, known);
    } catch (error) {
      if (error !== REFUSED) throw error;
      isRefused = true;
    }
  }

  function refuseLongLine(): void {
    if (!options.onRefusal) throw lineTooLong(`${options.source}:${lineNumber}`);
    options.onRefusal({ kind: 'long-line', line: lineNumber, what: 'the line is over 1 MB long' });
    isRefused = true;
  }

  /** Decides by the first lines of the file how the file is laid out, and takes them. */
  function decide(): void {
    layout = findLayout(undecided, options);
    for (const [index, line] of undecided.entries()) take(line, at(undecidedNumbers, index), layout);
    undecided = [];
    undecidedNumbers = [];
  }

  /** Whether the first lines tell all that there is to know. */
  function isEnough(): boolean {
    if (undecided.length === 1 && undecided.every((line) => NAMED_COLUMNS.test(line))) return true;
    if (undecided.length >= TOKENS_LOOKED_AT) return true;
    if (undecidedTokens < 2) return false;
    const mustFindTag = options.needsTags && options.tagColumn === undefined && options.tokenColumn !== 1;
    return !mustFindTag || (undecidedTokens === 2 && !beginNumbered(undecided));
  }

  return {
    get lines() {
      return lineNumber;
    },
    get layout() {
      return layout;
    },
    get plainLayout() {
      if (!layout || columnCount < 2 || layout.hasPairs || !options.needsTags) return undefined;
      const { isNumbered, isNamed } = layout;
      const tokenColumn = layout.tokenColumn - 1;
      const tagColumn = (layout.tagColumn ?? columnCount) - 1;
      if (tokenColumn === tagColumn || Math.max(tokenColumn, tagColumn) >= columnCount) return undefined;
      if (isNumbered && columnCount > 3 && layout.tagColumn === undefined) return undefined;
      return { columnCount, tokenColumn, tagColumn, isNumbered, hasComments: isNumbered || isNamed };
    },
    push(rawLine) {
      lineNumber++;
      if (isTooLong(rawLine)) {
        refuseLongLine();
        return undefined;
      }
      const line = cleanLine(rawLine, lineNumber === 1);
      if (options.onRefusal && line === REFUSED_LINE) {
        isRefused = true;
        return undefined;
      }
      const isBlank = line.trim() === '';
      if (isBlank || DOCUMENT_START.test(line)) {
        if (undecided.length > 0) decide();
        const finished = finishSentence();
        if (!isBlank) startDocument();
        return finished;
      }
      if (layout) take(line, lineNumber, layout);
      else {
        undecided.push(line);
        undecidedNumbers.push(lineNumber);
        if (!line.startsWith('#')) undecidedTokens++;
        if (isEnough()) decide();
      }
      return undefined;
    },
    pushToken: (token, tag) => pushToken(token, tag, ++lineNumber),
    end() {
      if (undecided.length > 0) decide();
      return finishSentence();
    },
  };
}

/** Removes the carriage return of CRLF, and the byte-order mark of a file's first line. */
function cleanLine(line: string, isFirst: boolean): string {
  const start = isFirst && line.startsWith('\uFEFF') ? 1 : 0;
  return line.slice(start, line.endsWith('\r') ? -1 : undefined);
}

/** Tells whether a line, without its line end, ends the sentence before it. */
export function endsSentence(line: string): boolean {
  return line.trim() === '' || DOCUMENT_START.test(line);
}

/** Tells whether a line, with its line end or without, opens a document by `-DOCSTART-`. */
export function opensDocument(line: string, isFirst: boolean): boolean {
  return DOCUMENT_START.test(cleanLine(line, isFirst));
}

/** Returns the line that opens a document, without the empty line after it. */
export function documentLine(outside = 'O'): string {
  return `-DOCSTART-\t${outside}\n`;
}

/** Writes a sentence as lines of token, tab, tag, with the empty line that ends it. */
export function writeConll({ tokens, tags }: Pick<Sentence, 'tokens' | 'tags'>): string {
  return `${tokens.map((token, index) => `${asColumn(token)}\t${tags[index]}\n`).join('')}\n`;
}

/** Returns a token as a column can hold it: a no-break space stands for white space alone, a space for a tab or a line feed inside. */
export function asColumn(token: string): string {
  if (!/[\t\n]/.test(token)) return token;
  return isWhiteSpace(token) ? '\u00a0' : token.replace(/[\t\n]/g, ' ');
}
