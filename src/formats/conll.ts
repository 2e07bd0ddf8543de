import { UserError } from '../errors.js';
import type { Sentence } from '../text/sentence.js';
import {
  beginNumbered,
  type ConllLayout,
  findLayout,
  isRangeOrEmptyNode,
  namesColumns,
  splitColumns,
} from './conll-layout.js';
import { type ConllReaderOptions, createRowReader } from './conll-row.js';
import { isTooLong, lineTooLong } from './lines.js';

export type { ConllColumns } from './conll-layout.js';
export type { ConllReaderOptions } from './conll-row.js';

/** Takes lines, gives sentences: a file and an endless stream are read alike. */
export interface ConllReader {
  /** Takes the next line, without its line feed, and gives the sentence that it ends, if it ends one. */
  push(line: string): Sentence | undefined;
  /** Takes the token and the tag of the next line, which are all that `push` would find in it. */
  pushToken(token: string, tag: string): void;
  /** Gives the sentence that the end of the file ends, if there is one. */
  end(): Sentence | undefined;
  /** Number of lines that were taken. */
  readonly lines: number;
  /** What the first lines have shown; undefined until then. */
  readonly layout: (ConllLayout & { readonly columnCount: number }) | undefined;
}

const DOCUMENT_START = /^-DOCSTART-(?:[\t ]|$)/;
/** Universal NER marks the batches of its annotators so too (`id = batch-0001`), which are no documents. */
const NEW_DOCUMENT = /^# newdoc(?!\s+id\s*=\s*batch-\d+\s*$)(?:\s|$)/;
const TEXT = /^# text = (.*)$/;
/** So many lines tell how a file is laid out, if any do. */
const TOKENS_LOOKED_AT = 10_000;
/** Arrays of longer sentences are not kept for the next. */
const MANY_TOKENS = 10_000;

/**
 * Reads CoNLL columns: separated by tabs where the line holds one, else by spaces; a sentence ends at a line of white
 * space; `-DOCSTART-` lines open a document. In files like CoNLL-U, whose lines begin with the token's number, lines
 * that begin with `#` are comments, `# newdoc` opens a document, the token stands second unless told otherwise, and
 * the tag where `findLayout` sees it. It is the definition for the reader of bytes.
 *
 * @throws UserError with `source:line` where a line has too few columns, or not as many as the lines before, and
 *   nobody is told of refusals
 */
export function createConllReader(options: ConllReaderOptions): ConllReader {
  const rows = createRowReader(options);
  let lineNumber = 0;
  let layout: ConllLayout | undefined;
  /** The first lines, until they tell the layout. */
  let undecided: string[] = [];
  let undecidedTokens = 0;
  let document = 0;
  let sentencesOfDocument = 0;
  let marksDocuments = false;
  /** The tokens and tags of the sentence at hand, and behind them those of longer ones before. */
  let tokens: string[] = [];
  let tags: string[] = [];
  let count = 0;
  let firstLine = 0;
  let text: string | undefined;
  /** Whether a line of the sentence at hand could not be read. */
  let isRefused = false;

  function addToken(columns: readonly string[], line: number, known: ConllLayout): void {
    const { token, tag } = rows.read(columns, line, known);
    pushToken(token, tag, line);
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

  /** A copy, which is as long as the sentence and no longer, but of a very long one the array itself. */
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
    if (text === undefined) return sentence;
    const withText = { ...sentence, text };
    text = undefined;
    return withText;
  }

  /** Takes a line of a token, or a comment. */
  function take(line: string, number: number, known: ConllLayout): void {
    if (line.startsWith('#') && (known.isNumbered || (known.isNamed && !line.includes('\t')))) {
      if (NEW_DOCUMENT.test(line)) startDocument();
      if (count === 0) text = TEXT.exec(line)?.[1] ?? text;
      return;
    }
    const columns = splitColumns(line);
    if (known.isNumbered && isRangeOrEmptyNode(columns[0] as string)) return;
    try {
      addToken(columns, number, known);
    } catch (error) {
      if (!options.onRefusal || !(error instanceof UserError)) throw error;
      isRefused = true;
    }
  }

  function refuseLongLine(): void {
    if (!options.onRefusal) throw lineTooLong(`${options.source}:${lineNumber}`);
    options.onRefusal({ kind: 'long-line', line: lineNumber, what: 'the line is over 1 MB long' });
    isRefused = true;
  }

  /** Decides by the first lines of the file how they are laid out, and takes them. */
  function decide(lastLine: number): void {
    layout = findLayout(undecided, options);
    for (const [index, line] of undecided.entries()) take(line, lastLine - undecided.length + index + 1, layout);
    undecided = [];
  }

  /** Whether the first lines tell all that there is to know. */
  function isEnough(): boolean {
    if (undecided.length === 1 && namesColumns(undecided[0] as string)) return true;
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
      return layout && { ...layout, columnCount: rows.columnCount };
    },
    push(rawLine) {
      lineNumber++;
      if (isTooLong(rawLine)) {
        refuseLongLine();
        return undefined;
      }
      const line = cleanLine(rawLine, lineNumber === 1);
      const isBlank = line.trim() === '';
      if (isBlank || DOCUMENT_START.test(line)) {
        if (undecided.length > 0) decide(lineNumber - 1);
        const finished = finishSentence();
        if (!isBlank) startDocument();
        return finished;
      }
      if (layout) take(line, lineNumber, layout);
      else {
        undecided.push(line);
        if (!line.startsWith('#')) undecidedTokens++;
        if (isEnough()) decide(lineNumber);
      }
      return undefined;
    },
    pushToken: (token, tag) => pushToken(token, tag, ++lineNumber),
    end() {
      if (undecided.length > 0) decide(lineNumber);
      return finishSentence();
    },
  };
}

/** Without the carriage return of CRLF and without the byte-order mark of a file's first line. */
function cleanLine(line: string, isFirst: boolean): string {
  const start = isFirst && line.startsWith('\uFEFF') ? 1 : 0;
  return line.slice(start, line.endsWith('\r') ? -1 : undefined);
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
