import { usualColumnCount } from '../checks/columns.js';
import { badInput, UserError } from '../errors.js';
import { readBrat } from '../formats/brat.js';
import { refuseCheckpoint } from '../formats/checkpoint-head.js';
import type {
  ConversionIssue,
  CorpusItem,
  CorpusReader,
  CorpusReading,
  Format,
  ReaderOptions,
  Refusal,
  Report,
  SentenceFormat,
} from '../formats/format.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { createSentenceCutter, isAnnotatedText, sentencesOf } from '../formats/text-to-sentences.js';
import { createTokenMending } from '../formats/uncovered-text.js';
import type { CorpusFingerprint } from '../model/model.js';
import { type BratDocument, findBratDocuments } from '../node/brat-documents.js';
import { createDigest } from '../node/digest.js';
import { decodeText, isRegularFile, isStream, nameOf, readBytes, STANDARD_STREAM, streamBytes } from '../node/files.js';
import { joinHead } from '../node/join-head.js';
import { wholeLines } from '../node/lines.js';
import { counted, grouped } from '../text/counts.js';
import { findTagReading, withoutUnknown } from '../text/possible-labels.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { type Sentence, sizeOfCorpus } from '../text/sentence.js';
import { BadInputLog } from './bad-input-log.js';
import { refuseUnheeded } from './heeded-options.js';
import { beforeMarksNotice, illFormedNotice, issueLine, issueNotices, unknownTagsNotice } from './notices.js';
import { repairedBytes } from './repaired-bytes.js';

export interface Corpus {
  /** Documents are numbered over all files; a document never spans two files. */
  readonly sentences: readonly Sentence[];
  /** Name in messages of the file of each sentence. */
  readonly files: readonly string[];
  /** The path of each sentence's corpus, as it was named: for a folder of brat, that of the folder. */
  readonly paths: readonly string[];
  /** Whether each line of a sentence's file is a token; if not, the line of a sentence is that of its record or text. */
  readonly hasTokenLines: readonly boolean[];
  readonly fingerprint: CorpusFingerprint;
  /** The SHA-256 of the bytes of each path's corpus, in hexadecimal. */
  readonly digests: ReadonlyMap<string, string>;
  /** Notices about the files: their formats, what was repaired, and what could not be held, a line each. */
  readonly notices: readonly string[];
  /** Notices about what cannot be read, and was left out; none if all was read. */
  readonly refusals: readonly string[];
}

/** What becomes of tokens that are white space alone: training leaves them out, scoring keeps them, so that tokens align. */
export type WhiteSpace = 'left out' | 'kept';

/**
 * Reads a corpus from one file or several, of any format.
 *
 * @throws UserError with file and line if a file is no corpus, exit code 3
 */
export async function readCorpus(
  paths: readonly string[],
  reading: CorpusReading = {},
  whiteSpace: WhiteSpace = 'left out',
): Promise<Corpus> {
  const digest = createDigest();
  const digests = new Map<string, string>();
  const sentences: Sentence[] = [];
  const files: string[] = [];
  const pathOfEach: string[] = [];
  const hasTokenLines: boolean[] = [];
  const notices: string[] = [];
  const issues: ConversionIssue[] = [];
  const report = (issue: ConversionIssue): void => void issues.push(issue);
  const log = new BadInputLog();
  for (const path of paths) {
    const firstDocument = (sentences.at(-1)?.document ?? -1) + 1;
    const before = sentences.length;
    const cut = createSentenceCutter(report);
    const filter = createTokenMending(report, whiteSpace === 'kept');
    let formatName: string | undefined;
    let guesses = 0;
    const own = createDigest();
    const onBytes = (bytes: Uint8Array): void => {
      digest.update(bytes);
      own.update(bytes);
    };
    for await (const { items, format, source } of readItems(path, reading, report, log, onBytes)) {
      if (formatName === undefined && format.name !== 'conll')
        notices.push(`${nameOf(path)}: read as ${format.name} (${format.title})`);
      formatName = format.name;
      guesses += items.filter((item) => isAnnotatedText(item) && item.isGuess).length;
      for (const sentence of sentencesOf(filter.take(items, source), source, cut)) {
        sentences.push(firstDocument === 0 ? sentence : { ...sentence, document: firstDocument + sentence.document });
        files.push(source);
        pathOfEach.push(path);
        hasTokenLines.push('columnsOf' in format);
      }
    }
    filter.end();
    const mark = formatName === 'conll' ? '-DOCSTART-' : '# newdoc';
    if (hasTokenLines[before]) notices.push(...beforeMarksNotice(nameOf(path), sentences.slice(before), mark));
    digests.set(path, own.digest('hex'));
    if (guesses > 0)
      notices.push(
        `warning: ${nameOf(path)}: ${counted(guesses, 'record')} as rnn tag wrote ${guesses === 1 ? 'it' : 'them'}; a model's guesses count as what people labelled`,
      );
    if (sentences.length === before) {
      const refusals = log.refusals().map((line) => `\n${line}`);
      throw badInput(
        `${nameOf(path)}: no sentence in it${refusals.join('')}`,
        issues.slice(0, 3).map(issueLine).join('; ') || 'each line holds a token and its tag, as in "London B-LOC"',
      );
    }
  }
  notices.push(...log.repairs(), ...issueNotices(issues));
  const fingerprint = { sha256: digest.digest('hex'), ...sizeOfCorpus(sentences) };
  return {
    sentences,
    files,
    paths: pathOfEach,
    hasTokenLines,
    fingerprint,
    digests,
    notices,
    refusals: log.refusals(),
  };
}

/** A corpus, and how its tags spell entities. */
export interface LabelledCorpus extends Corpus {
  readonly scheme: Scheme;
}

/**
 * Reads a corpus and finds out its scheme; its notices tell of ill-formed tags too.
 *
 * @param name what messages call the corpus
 * @throws UserError as `readCorpus` does
 */
export async function readLabelledCorpus(
  paths: readonly string[],
  reading: CorpusReading,
  name = paths.map(nameOf).join(', '),
  whiteSpace: WhiteSpace = 'left out',
): Promise<LabelledCorpus> {
  const corpus = await readCorpus(paths, reading, whiteSpace);
  const tagReading = findTagReading(corpus.sentences, reading);
  const { scheme } = tagReading;
  const sentences = corpus.sentences.map((sentence) => withoutUnknown(sentence, tagReading));
  const files = corpus.files.some((file) => file !== name) ? corpus.files : undefined;
  const notices = [
    ...corpus.notices,
    ...unknownTagsNotice(name, sentences, reading),
    ...illFormedNotice(name, sentences, scheme, files),
  ];
  return { ...corpus, sentences, scheme, notices };
}

/** The items that a piece of a file holds. */
export interface Items {
  readonly items: readonly CorpusItem[];
  readonly format: Pick<Format, 'name' | 'title' | 'holds'> & Pick<SentenceFormat, 'columnsOf'>;
  /** Name of the file in messages. */
  readonly source: string;
}

/** Bytes at the beginning of a file that show its format. */
export const HEAD = 1_000_000;

/** Bytes that are enough to tell a format by, where a stream comes in smaller pieces. */
export const FIRST_BYTES = HEAD / 4;
const BRAT = { name: 'brat', title: 'brat standoff', holds: 'texts' } as const;

/**
 * Reads a corpus file piece by piece, in the format that was named or that its content shows.
 *
 * @param report is told what cannot be held as it is
 * @param log is told what cannot be read and what is repaired; without it, nothing is left out or repaired
 * @param onBytes is given all bytes that are read, unpacked and repaired
 * @throws UserError if the file cannot be read, exit code 3; if it is a stream that has no use for an option, exit code 2
 */
export async function* readItems(
  path: string,
  reading: CorpusReading & Pick<ReaderOptions, 'namesFields'>,
  report: Report,
  log?: BadInputLog,
  onBytes: (bytes: Uint8Array) => void = () => {},
): AsyncGenerator<Items, void, undefined> {
  const brat = await findBratDocuments(path, reading.from);
  if (brat) {
    if (reading.repairs) log?.noRepair(nameOf(path), 'brat');
    reportTextsAlone(brat.textsAlone, report);
    for (const place of brat.folders)
      report({ kind: 'record', place, what: 'a folder in the folder; its documents are left out: name it as well' });
    for (const document of brat.documents) yield* readDocument(document, reading, report, log, onBytes);
    return;
  }
  const source = nameOf(path);
  const onRefusal = log && reading.keepsGoing ? (refusal: Refusal): void => log.refuse(source, refusal) : undefined;
  let reader: CorpusReader | undefined;
  let format: Format | undefined;
  const isUnnamedStream = reading.from === undefined && (await isStream(path));
  const findFormat = (head: Buffer): Format =>
    reading.from === undefined ? formatOfHead(head, source) : formatNamed(reading.from);
  const pieces =
    log && reading.repairs
      ? repairedBytes(path, reading, findFormat, log, onRefusal)
      : wholeLines(streamBytes(path), source, () => reader?.lines ?? 0, onRefusal);
  for await (const piece of joinHead(pieces, FIRST_BYTES)) {
    onBytes(piece);
    format ??= findFormat(piece);
    if (!reader && isUnnamedStream) refuseUnheeded([{ path, readAs: format.name, heeds: format.heeds }], reading);
    reader ??= format.createReader(
      source,
      { ...reading, onRefusal, columnCount: onRefusal && columnCountOf(piece) },
      report,
    );
    const items = reader.push(piece);
    if (items.length > 0) yield { items, format, source };
  }
  const items = reader?.end() ?? [];
  if (format && items.length > 0) yield { items, format, source };
}

/** Reports the texts in a folder of brat that nobody has annotated. */
function reportTextsAlone(paths: readonly string[], report: Report): void {
  const [first] = paths;
  if (first === undefined) return;
  const listed = paths.slice(0, 3).join(', ') + (paths.length > 3 ? ', ...' : '');
  const what =
    paths.length === 1
      ? 'no .ann file is beside it; left out'
      : `${grouped(paths.length)} .txt files have no .ann file beside them; left out (${listed})`;
  report({ kind: 'record', place: `${first}:1`, what });
}

function formatOfHead(piece: Buffer, source: string): Format {
  const found = detectFormat(piece.subarray(0, HEAD).toString('utf8'), source);
  if (found === 'brat')
    throw badInput(
      `${source}: an .ann file of brat, and its .txt file is not beside it`,
      'name the .ann file, or the folder',
    );
  return found;
}

/**
 * Refuses checkpoints that are named as corpora, before any of them is read as one, or would be written.
 *
 * @param paths files; undefined where an option was not given
 * @throws UserError if one is a checkpoint, exit code 3
 */
export async function refuseCheckpoints(paths: readonly (string | undefined)[]): Promise<void> {
  for (const path of paths) {
    // A pipe gives what it holds only once.
    if (path === undefined || path === STANDARD_STREAM || !(await isRegularFile(path))) continue;
    for await (const piece of streamBytes(path)) {
      refuseCheckpoint(piece.toString('latin1', 0, HEAD), nameOf(path));
      break;
    }
  }
}

/** Returns the number of columns that most lines at the beginning of a file have. */
function columnCountOf(piece: Buffer): number {
  return usualColumnCount(piece.subarray(0, HEAD).toString('utf8').split('\n'));
}

async function* readDocument(
  { name, text, annotations }: BratDocument,
  { offsets, keepsGoing }: CorpusReading,
  report: Report,
  log: BadInputLog | undefined,
  onBytes: (bytes: Uint8Array) => void,
): AsyncGenerator<Items, void, undefined> {
  const read = async (path: string): Promise<string> => {
    const bytes = await readBytes(path);
    onBytes(bytes);
    if (bytes.includes(0))
      throw badInput(`${path}: a NUL byte, which no text holds`, 'is it UTF-16? convert it with iconv');
    return decodeText(bytes, path);
  };
  try {
    const content = await read(text);
    const record = readBrat(content, await read(annotations), { text, annotations }, offsets, report);
    yield { items: [{ ...record, document: name }], format: BRAT, source: text };
  } catch (error) {
    if (!log || !keepsGoing || !(error instanceof UserError)) throw error;
    const [, file = text, line = '1', what = error.message] = /^(.*?):(\d+): (.*)$/s.exec(error.message) ?? [];
    log.refuse(file, { kind: 'broken-record', line: Number(line), what });
  }
}

/**
 * Refuses a corpus whose tags are of another kind than a model's.
 *
 * @param source name of the corpus in messages
 * @throws UserError if one has names and the other plain labels, exit code 3
 */
export function checkSameKind(source: string, part: Scheme, model: Scheme): void {
  if (hasSpans(part) === hasSpans(model)) return;
  throw badInput(
    `${source}: expected ${kindOf(model)}, as the model has, found ${kindOf(part)}`,
    'see --tag-column, and --outside of rnn train',
  );
}

/** Returns how messages call the kind of a scheme's tags. */
export function kindOf(scheme: Scheme): string {
  return hasSpans(scheme) ? 'names' : 'plain labels, one a token';
}
