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

/** A sentence whose tokens and tags are strings, or numbers that stand for them. */
export interface SentenceOf<Token> extends Omit<Sentence, 'tokens' | 'tags'> {
  readonly tokens: readonly Token[];
  readonly tags: readonly Token[];
}

/** Takes lines, gives sentences: a file and an endless stream are read alike. */
export interface ConllReader<Token = string> {
  /** Takes the next line, without its line feed, and gives the sentence that it ends, if it ends one. */
  push(line: string): SentenceOf<Token> | undefined;
  /** Takes the token and the tag of the next line, which are all that `push` would find in it. */
  pushToken(token: Token, tag: Token): void;
  /** Gives the sentence that the end of the file ends, if there is one. */
  end(): SentenceOf<Token> | undefined;
  /** Number of lines that were taken. */
  readonly lines: number;
  /** What the first lines have shown; undefined until then. */
  readonly layout: (ConllLayout & { readonly columnCount: number }) | undefined;
}

const DOCUMENT_START = /^-DOCSTART-(?:[\t ]|$)/;
const NEW_DOCUMENT = /^# newdoc(?:\s|$)/;
const TEXT = /^# text = (.*)$/;
/** So many lines tell how a file is laid out, if any do. */
const TOKENS_LOOKED_AT = 10_000;

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
  const asIs = (text: string): string => text;
  return createConllReaderOf(options, asIs, asIs);
}

/**
 * The same with something else for each token and tag.
 *
 * @param tokenOf what is kept of a token
 * @param tagOf what is kept of a tag
 */
export function createConllReaderOf<Token>(
  options: ConllReaderOptions,
  tokenOf: (text: string) => Token,
  tagOf: (text: string) => Token,
): ConllReader<Token> {
  const rows = createRowReader(options);
  let lineNumber = 0;
  let layout: ConllLayout | undefined;
  /** The first lines, until they tell the layout. */
  let undecided: string[] = [];
  let undecidedTokens = 0;
  let document = 0;
  let sentencesOfDocument = 0;
  let tokens: Token[] = [];
  let tags: Token[] = [];
  let firstLine = 0;
  let text: string | undefined;
  /** Whether a line of the sentence at hand could not be read. */
  let isRefused = false;

  function addToken(columns: readonly string[], line: number, known: ConllLayout): void {
    const { token, tag } = rows.read(columns, line, known);
    if (tokens.length === 0) firstLine = line;
    tokens.push(tokenOf(token));
    tags.push(tagOf(tag));
  }

  function startDocument(): void {
    if (sentencesOfDocument > 0) document++;
    sentencesOfDocument = 0;
  }

  function finishSentence(): SentenceOf<Token> | undefined {
    const sentence = { tokens, tags, document, line: firstLine, ...(text !== undefined && { text }) };
    const isWhole = tokens.length > 0 && !isRefused;
    text = undefined;
    tokens = [];
    tags = [];
    isRefused = false;
    if (!isWhole) return undefined;
    sentencesOfDocument++;
    return sentence;
  }

  /** Takes a line of a token, or a comment. */
  function take(line: string, number: number, known: ConllLayout): void {
    if (line.startsWith('#') && (known.isNumbered || (known.isNamed && !line.includes('\t')))) {
      if (NEW_DOCUMENT.test(line)) startDocument();
      if (tokens.length === 0) text = TEXT.exec(line)?.[1] ?? text;
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
    pushToken(token, tag) {
      lineNumber++;
      if (tokens.length === 0) firstLine = lineNumber;
      tokens.push(token);
      tags.push(tag);
    },
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
