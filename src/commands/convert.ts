import { BadInputLog } from '../corpora/bad-input-log.js';
import { readItems } from '../corpora/read-corpus.js';
import { badInput, badUsage } from '../errors.js';
import { BratWriter } from '../formats/brat.js';
import type { ConversionIssue, CorpusItem, CorpusReading, CorpusWriter, Format, Report } from '../formats/format.js';
import { formatNamed } from '../formats/formats.js';
import { namedSpansOf, reportStrayTags, tagReadingOfStream, textOfSentence } from '../formats/sentence-to-text.js';
import { createSentenceCutter, isAnnotatedText, sentencesOf } from '../formats/text-to-sentences.js';
import {
  createBoundaryCheck,
  createDocumentCheck,
  createSpacingCheck,
  createUnlabelledCheck,
} from '../formats/token-boundaries.js';
import { createTokenMending } from '../formats/uncovered-text.js';
import { nameOf } from '../node/files.js';
import { at } from '../text/at.js';
import { UNKNOWN_TAG, withoutUnknown } from '../text/possible-labels.js';
import { inBilou, type Scheme, type SchemeName, tagsOf } from '../text/scheme.js';
import type { AnnotatedText, Sentence } from '../text/sentence.js';
import { type Notice, noticesOf, noticesOfRefusals, Work } from './story.js';

export interface ConvertOptions {
  readonly files: readonly string[];
  /** Name of a format, one of `FORMAT_NAMES`, or `docbin`. */
  readonly to: string;
  /** Scheme of the tags; by default tags stay as they are, and spans become IOB2. */
  readonly scheme?: Exclude<SchemeName, 'plain'> | 'bilou' | undefined;
  /** How the files are read; with an outside tag, a run of one plain label is one span. */
  readonly reading: CorpusReading;
}

/** A piece of the file that is to be written, all of a file that is no text, or a document of brat, which is two files. */
type ConvertOutput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'document'; readonly name: string; readonly text: string; readonly annotations: string };

export type ConvertEvent = ConvertOutput | Notice | { readonly kind: 'issue'; readonly issue: ConversionIssue };

/** Largest document of brat that sentences are joined to. */
const LARGEST_DOCUMENT = 8_000_000;
/** Formats in which the first document begins with its file, and no mark stands there that could be kept. */
const WITHOUT_FIRST_MARK = ['bracket', 'brat'];
const PREFIXED = /^[BIESLU]-./;

/**
 * Converts corpora from any format to another, piece by piece.
 *
 * @returns the number of sentences or texts that were written
 * @throws UserError if a corpus cannot be read, exit code 3; if tags are to be spelt in a format that has none, exit code 2
 */
export async function* convert(options: ConvertOptions): AsyncGenerator<ConvertEvent, number, undefined> {
  const issues: ConversionIssue[] = [];
  const log = new BadInputLog();
  const pieces = new Work(convertPieces(options, (issue) => void issues.push(issue), log));
  const takeIssues = (): ConvertEvent[] => issues.splice(0).map((issue) => ({ kind: 'issue', issue }));
  try {
    for await (const piece of pieces) {
      yield* takeIssues();
      yield piece;
    }
  } catch (error) {
    yield* takeIssues();
    throw error;
  }
  yield* takeIssues();
  yield* noticesOf(...log.repairs());
  yield* noticesOfRefusals(log.refusals());
  return pieces.result();
}

async function* convertPieces(
  options: ConvertOptions,
  tell: Report,
  log: BadInputLog,
): AsyncGenerator<ConvertOutput | Notice, number, undefined> {
  let hasSkipped = false;
  let emptyRecords = 0;
  const report: Report = (issue) => {
    hasSkipped ||= issue.kind === 'skipped record';
    if (issue.kind === 'empty record') emptyRecords++;
    tell(issue);
  };
  const docBin = options.to === 'docbin' ? new (await import('../formats/docbin.js')).DocBinWriter() : undefined;
  const format: Format | undefined = options.to === 'brat' || docBin ? undefined : formatNamed(options.to);
  if (options.scheme !== undefined && format?.holds !== 'sentences')
    throw badUsage(`--scheme is how tags are spelt, and ${options.to} has none`, 'leave it out');
  const { outside } = options.reading;
  let isOutsideSeen = false;
  const tagReading = tagReadingOfStream(options.reading);
  const { scheme, isUnknown } = tagReading;
  const isBilou = options.scheme === 'bilou';
  const wanted: Scheme | undefined = options.scheme && { name: isBilou ? 'bioes' : options.scheme, outside: 'O' };
  const toText = (sentence: Sentence, source: string): AnnotatedText =>
    textOfSentence(sentence, tagReading, source, report);
  const recoded = (sentence: Sentence, source: string): Sentence => {
    const spelt = wanted ? respelt(sentence, wanted, source) : sentence.tags;
    const tags = spelt.map((tag, t) => {
      const own = at(sentence.tags, t);
      return isUnknown(own) ? own : tag;
    });
    return { ...sentence, tags };
  };
  const respelt = (given: Sentence, to: Scheme, source: string): readonly string[] => {
    const sentence = withoutUnknown(given, tagReading);
    reportStrayTags(sentence, scheme, source, report);
    const tags = tagsOf(namedSpansOf(sentence.tags, scheme), sentence.tags.length, to);
    return isBilou ? tags.map(inBilou) : tags;
  };
  const writer = format?.createWriter(report, options.reading);
  const documents = new Documents(report);
  let count = 0;
  const checkBoundaries =
    format?.holds === 'texts' && format.holdsTokens ? undefined : createBoundaryCheck(options.to, report);
  const checkDocuments =
    docBin || (format?.holds === 'texts' && !format.holdsDocuments)
      ? createDocumentCheck(options.to, report)
      : undefined;
  const checkUnlabelled =
    format?.holds === 'texts' && format.holdsUnlabelled ? undefined : createUnlabelledCheck(options.to, report);
  const checkSpacing = docBin && createSpacingCheck(options.to, report);
  for await (const { items, source, format: from, sentences } of readAll(options, report, log)) {
    let text = '';
    const before = emptyRecords;
    for (const item of items) {
      if (isAnnotatedText(item)) {
        checkSpacing?.(item, source);
        continue;
      }
      isOutsideSeen ||= outside !== undefined && item.tags.includes(outside);
      if (wanted || format?.holds !== 'sentences') refusePlain(item, scheme, source);
    }
    if (docBin)
      for (const sentence of sentences()) {
        checkDocuments?.(toText(sentence, source), source);
        const known = withoutUnknown(sentence, tagReading);
        docBin.add(known, namedSpansOf(known.tags, scheme));
      }
    else if (format?.holds === 'sentences')
      for (const sentence of sentences()) {
        const isUnopened = 'columnsOf' in format && WITHOUT_FIRST_MARK.includes(from) && count === 0 && text === '';
        const own = isUnopened ? withoutMark(sentence) : sentence;
        text += (writer as CorpusWriter<Sentence>).write(recoded(own, source), source);
      }
    else
      for (const item of items) {
        const record = isAnnotatedText(item) ? item : toText(item, source);
        checkBoundaries?.(record, source);
        checkDocuments?.(record, source);
        checkUnlabelled?.(record, source);
        if (writer) text += (writer as CorpusWriter<AnnotatedText>).write(record, source);
        else yield* documents.add(record, source);
      }
    count += items.length - (emptyRecords - before);
    if (text !== '') yield { kind: 'text', text };
  }
  if (count === 0) {
    const named = options.reading.from === undefined ? '--from names the format' : undefined;
    throw badInput(
      `${options.files.map(nameOf).join(', ')}: no sentence in it${log
        .refusals()
        .map((line) => `\n${line}`)
        .join('')}`,
      hasSkipped ? 'rnn help formats shows how to tag records that nobody has labelled' : named,
    );
  }
  if (outside !== undefined && !isOutsideSeen)
    yield* noticesOf(`warning: ${options.files.map(nameOf).join(', ')}: no token has the tag ${outside} of --outside`);
  if (docBin) yield { kind: 'bytes', bytes: await docBin.end() };
  else if (writer) yield { kind: 'text', text: writer.end() };
  else yield* documents.end();
  return count;
}

function withoutMark({ isOfMarkedDocument: _, ...sentence }: Sentence): Sentence {
  return sentence;
}

interface Piece {
  readonly items: readonly CorpusItem[];
  readonly source: string;
  /** Name of the format that the items were read from. */
  readonly format: string;
  /** Returns the sentences of the items, with texts cut; to be called once for each piece. */
  sentences(): Sentence[];
}

/** Reads the pieces of all files, whose documents are numbered in a row. */
async function* readAll(
  options: ConvertOptions,
  report: Report,
  log: BadInputLog,
): AsyncGenerator<Piece, void, undefined> {
  const reading = { ...options.reading, namesFields: true };
  let next = 0;
  for (const path of options.files) {
    const first = next;
    const cutter = createSentenceCutter(report);
    const filter = createTokenMending(report);
    const numbered = (sentence: Sentence): Sentence => {
      const document = first + sentence.document;
      next = document + 1;
      return first === 0 ? sentence : { ...sentence, document };
    };
    for await (const { items: all, source, format } of readItems(path, reading, report, log)) {
      const items = filter.take(all, source);
      yield {
        items: items.map((item) => (isAnnotatedText(item) ? item : numbered(item))),
        source,
        format: format.name,
        sentences: () => sentencesOf(items, source, cutter).map(numbered),
      };
    }
    filter.end();
  }
}

/**
 * Refuses to make spans of tags that spell none, before each of them is told as an issue.
 *
 * @throws UserError if the tags are plain, exit code 3
 */
function refusePlain({ tags, line }: Sentence, scheme: Scheme, source: string): void {
  if (
    scheme.name === 'plain' ||
    line > 100 ||
    tags.some((tag) => tag === 'O' || tag === UNKNOWN_TAG || PREFIXED.test(tag))
  )
    return;
  throw badInput(
    `${source}:${line}: tags are plain labels, which spell no names`,
    'name the outside tag with --outside; without names, --to conll, iob2, conllu or tokens',
  );
}

/** Gathers documents of brat: sentences of one document are its lines, and a text without tokens is a document of its own. */
class Documents {
  readonly #report: Report;
  readonly #names = new Set<string>();
  #writer: BratWriter;
  #name: AnnotatedText['document'];
  #text: string[] = [];
  #annotations: string[] = [];
  #length = 0;
  #isOwn = false;

  constructor(report: Report) {
    this.#report = report;
    this.#writer = new BratWriter(report);
  }

  *add(record: AnnotatedText, source: string): Generator<ConvertOutput, void, undefined> {
    const isOwn = record.tokens === undefined;
    if (isOwn || this.#isOwn || record.document !== this.#name || this.#length > LARGEST_DOCUMENT) yield* this.end();
    this.#isOwn = isOwn;
    this.#name = record.document;
    const { text, annotations } = this.#writer.write(record, source);
    this.#text.push(text);
    this.#annotations.push(annotations);
    this.#length += text.length;
  }

  /** Gives the document that was begun, if there is one. */
  *end(): Generator<ConvertOutput, void, undefined> {
    if (this.#text.length > 0)
      yield {
        kind: 'document',
        name: this.#fileName(),
        text: this.#text.join(''),
        annotations: this.#annotations.join(''),
      };
    this.#writer = new BratWriter(this.#report);
    this.#text = [];
    this.#annotations = [];
    this.#length = 0;
  }

  /** Returns a name that no document has yet, and that leads to no other folder. */
  #fileName(): string {
    const number = String(this.#names.size + 1).padStart(4, '0');
    const wanted =
      typeof this.#name === 'string' ? this.#name.replace(/[^\p{L}\p{N}._-]/gu, '_').replace(/^\.+/, '') : '';
    const base = wanted.slice(0, 100) || `document-${number}`;
    const name = this.#names.has(base) ? `${base}-${number}` : base;
    this.#names.add(name);
    return name;
  }
}
