import { badInput } from '../errors.js';
import type { Sentence } from '../text/sentence.js';

/** Where the columns of a corpus stand, counted from 1; undefined: the token first, the tag last. */
export interface ConllColumns {
  readonly tokenColumn?: number | undefined;
  readonly tagColumn?: number | undefined;
}

export interface ConllReaderOptions extends ConllColumns {
  /** Name of the file in messages. */
  readonly source: string;
  /** Whether each token must have a tag; without, a line may be a token alone and its tag is empty. */
  readonly needsTags: boolean;
  /** How many columns each line has; undefined: as many as the first. */
  readonly columnCount?: number | undefined;
  /** Takes each line that cannot be read, whose sentence is left out; undefined: the first one is thrown. */
  readonly onRefusal?: ((refusal: Refusal) => void) | undefined;
}

interface Problem {
  readonly kind: 'wrong-columns' | 'empty-field';
  readonly what: string;
  readonly hint: string;
}

/** Why a line cannot be read. */
export interface Refusal extends Problem {
  readonly line: number;
}

/** Takes lines, gives sentences: a file and an endless stream are read alike. */
export interface ConllReader {
  /** Takes the next line, without its line feed, and gives the sentence that it ends, if it ends one. */
  push(line: string): Sentence | undefined;
  /** Gives the sentence that the end of the file ends, if there is one. */
  end(): Sentence | undefined;
  /** Whether lines are numbered as in CoNLL-U; false until the first lines tell. */
  isNumbered(): boolean;
}

const DOCUMENT_START = /^-DOCSTART-(?:[\t ]|$)/;
const NEW_DOCUMENT = /^# newdoc(?:\s|$)/;
const TOKEN_NUMBER = /^\d+$/;
/** What the first line of a sentence begins with: a token, a range or an empty node. */
const FIRST_NUMBER = /^(?:1(?:-\d+)?|0\.1)$/;
const RANGE_OR_EMPTY_NODE = /^\d+[-.]\d+$/;

/**
 * Reads CoNLL columns: separated by tabs where the line holds one, else by spaces; a sentence ends at a line of white
 * space; `-DOCSTART-` lines open a document. In files like CoNLL-U, whose lines begin with the token's number, lines
 * that begin with `#` are comments, `# newdoc` opens a document, and the token stands second unless told otherwise.
 *
 * @throws UserError with `source:line` where a line has too few columns, or not as many as the lines before, and
 *   nobody takes refusals
 */
export function createConllReader(options: ConllReaderOptions): ConllReader {
  let lineNumber = 0;
  let isNumbered: boolean | undefined;
  /** The first lines, until two of tokens tell whether they are numbered. */
  let undecided: string[] = [];
  let columnCount = options.columnCount ?? 0;
  let document = 0;
  let sentencesOfDocument = 0;
  let tokens: string[] = [];
  let tags: string[] = [];
  let firstLine = 0;
  /** Whether a line of the sentence at hand could not be read. */
  let isRefused = false;
  const isTagged = options.needsTags || options.tagColumn !== undefined;

  /** What a token's line lacks; undefined where it can be read. */
  function problemWith(columns: readonly string[]): Problem | undefined {
    if (columns.length !== columnCount)
      return wrongColumns(
        `expected ${columnCount} columns${options.columnCount ? '' : ' as in the lines before'}, found ${columns.length}`,
        columns.join(' ').includes('](')
          ? 'this looks like bracket text; a corpus has a token and its tag on each line'
          : 'separate columns by one tab or by spaces, and sentences by an empty line',
      );
    if (isTagged && columns.length < 2)
      return wrongColumns(
        `expected a token and its tag, found only ${JSON.stringify(columns[0])}`,
        'each line holds a token, a tab or a space, and its tag, as in "London B-LOC"',
      );
    if (isNumbered && !TOKEN_NUMBER.test(columns[0] as string))
      return wrongColumns(
        `expected a token number, found ${JSON.stringify(columns[0])}`,
        'number every line, as the first one is',
      );
    if (isTagged && isNumbered && columns.length > 3 && options.tagColumn === undefined)
      return wrongColumns(
        `lines are numbered and have ${columns.length} columns: which one holds the tag?`,
        'say it with --tag-column, as in --tag-column 3 for .iob2 files',
      );
    const token = fieldProblem(columns, tokenColumn(), 'token');
    return token ?? (isTagged ? fieldProblem(columns, options.tagColumn ?? columns.length, 'tag') : undefined);
  }

  function tokenColumn(): number {
    return options.tokenColumn ?? (isNumbered ? 2 : 1);
  }

  function addToken(columns: readonly string[], line: number): void {
    if (columnCount === 0) columnCount = columns.length;
    const problem = problemWith(columns);
    if (problem) {
      if (!options.onRefusal) throw badInput(`${options.source}:${line}: ${problem.what}`, problem.hint);
      options.onRefusal({ ...problem, line });
      isRefused = true;
      return;
    }
    if (tokens.length === 0) firstLine = line;
    tokens.push(columns[tokenColumn() - 1] as string);
    tags.push((isTagged ? columns[(options.tagColumn ?? columns.length) - 1] : columns.slice(1).at(-1)) ?? '');
  }

  function startDocument(): void {
    if (sentencesOfDocument > 0) document++;
    sentencesOfDocument = 0;
  }

  function finishSentence(): Sentence | undefined {
    const isWhole = tokens.length > 0 && !isRefused;
    const sentence = { tokens, tags, document, line: firstLine };
    tokens = [];
    tags = [];
    isRefused = false;
    if (!isWhole) return undefined;
    sentencesOfDocument++;
    return sentence;
  }

  /** Takes a line of a token, or a comment among numbered lines. */
  function take(line: string, number: number): void {
    if (isNumbered && line.startsWith('#')) {
      if (NEW_DOCUMENT.test(line)) startDocument();
      return;
    }
    const columns = splitColumns(line);
    if (!isNumbered || !RANGE_OR_EMPTY_NODE.test(columns[0] as string)) addToken(columns, number);
  }

  /** Decides by the first lines of the file whether lines are numbered, and takes them. */
  function decide(): void {
    isNumbered = options.tokenColumn !== 1 && beginNumbered(undecided);
    for (const [index, line] of undecided.entries()) take(line, lineNumber - undecided.length + index);
    undecided = [];
  }

  return {
    push(rawLine) {
      lineNumber++;
      const line = cleanLine(rawLine, lineNumber === 1);
      const isBlank = line.trim() === '';
      if (isBlank || DOCUMENT_START.test(line)) {
        if (undecided.length > 0) decide();
        const finished = finishSentence();
        if (!isBlank) startDocument();
        return finished;
      }
      if (isNumbered === undefined) {
        if (undecided.filter((earlier) => !earlier.startsWith('#')).length < 2) {
          undecided.push(line);
          return undefined;
        }
        decide();
      }
      take(line, lineNumber);
      return undefined;
    },
    end() {
      lineNumber++;
      if (undecided.length > 0) decide();
      return finishSentence();
    },
    isNumbered: () => isNumbered === true,
  };
}

/**
 * Whether a file's first lines begin as CoNLL-U does: the first token has number 1 and the second a number too; a
 * sentence of one token needs a comment before it.
 */
function beginNumbered(lines: readonly string[]): boolean {
  const tokens = lines.filter((line) => !line.startsWith('#')).map(splitColumns);
  const [first, second] = tokens.map(([column]) => column as string);
  if (first === undefined || (tokens[0] as string[]).length < 3 || !FIRST_NUMBER.test(first)) return false;
  if (second === undefined) return tokens.length < lines.length;
  return TOKEN_NUMBER.test(second) || RANGE_OR_EMPTY_NODE.test(second);
}

/** Without the carriage return of CRLF and without the byte-order mark of a file's first line. */
function cleanLine(line: string, isFirst: boolean): string {
  const start = isFirst && line.startsWith('\uFEFF') ? 1 : 0;
  return line.slice(start, line.endsWith('\r') ? -1 : undefined);
}

/** Only tabs and spaces separate: a token may hold a no-break or zero-width space, and a space where tabs separate. */
export function splitColumns(line: string): string[] {
  return line.includes('\t') ? line.split('\t') : line.split(' ').filter((column) => column !== '');
}

function wrongColumns(what: string, hint: string): Problem {
  return { kind: 'wrong-columns', what, hint };
}

function fieldProblem(columns: readonly string[], column: number, name: 'token' | 'tag'): Problem | undefined {
  const value = columns[column - 1];
  if (value === undefined)
    return wrongColumns(
      `expected the ${name} in column ${column}, found ${columns.length} columns`,
      `see --${name}-column`,
    );
  if (value !== '') return undefined;
  return {
    kind: 'empty-field',
    what: `the ${name} in column ${column} is empty`,
    hint: 'fill it in, or remove the line',
  };
}

/** Reads all sentences of a text. */
export function readConll(text: string, options: ConllReaderOptions): Sentence[] {
  const reader = createConllReader(options);
  const sentences: Sentence[] = [];
  for (const line of text.split('\n')) {
    const sentence = reader.push(line);
    if (sentence) sentences.push(sentence);
  }
  const last = reader.end();
  if (last) sentences.push(last);
  return sentences;
}

/** A sentence as lines of token, tab, tag, with the empty line that ends it. */
export function writeConll({ tokens, tags }: Pick<Sentence, 'tokens' | 'tags'>): string {
  return `${tokens.map((token, index) => `${token}\t${tags[index]}\n`).join('')}\n`;
}
