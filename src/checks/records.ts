import { UserError } from '../errors.js';
import type {
  ConversionIssue,
  ConversionIssueKind,
  CorpusItem,
  CorpusReader,
  CorpusReading,
  Format,
} from '../formats/format.js';
import { createSentenceCutter, sentencesOf } from '../formats/text-to-sentences.js';
import { createTokenMending } from '../formats/uncovered-text.js';
import type { FindingKind, FindingLog } from './findings.js';
import { linesOf, type RawFile } from './lines.js';
import type { PlacedSentence } from './part.js';

/** Items that have been read elsewhere. */
export interface ReadFile {
  readonly name: string;
  readonly items: readonly CorpusItem[];
  /** The issues that the reader found: what it had to leave out or change. */
  readonly issues: readonly ConversionIssue[];
}

/** After so many broken records reading stops: the file has another format. */
const MOST_BROKEN = 1000;

const KINDS_OF_ISSUES: Readonly<Record<ConversionIssueKind, FindingKind>> = {
  'overlapping span': 'overlapping-span',
  'discontinuous span': 'discontinuous-span',
  'span without a token': 'empty-span',
  'span trimmed': 'span-edge',
  'token cut': 'offset-in-token',
  'span elsewhere': 'empty-span',
  label: 'not-held',
  tag: 'not-held',
  token: 'not-held',
  'token boundaries': 'not-held',
  'white-space token': 'white-space-token',
  'uncovered text': 'uncovered-text',
  'left out': 'not-held',
  record: 'not-held',
};

/**
 * Reads records of texts or of tokens as the other commands do, but goes on after a record that cannot be read if each record
 * has a line of its own, and reports what tags cannot represent.
 */
export function readRecords(file: RawFile, format: Format, options: CorpusReading, log: FindingLog): PlacedSentence[] {
  const lines = linesOf(file, log);
  const items: CorpusItem[] = [];
  const report = (issue: ConversionIssue): void => addIssue(issue, log);
  const create = (): CorpusReader => format.createReader(file.name, options, report);
  let reader = create();
  let broken = 0;
  for (const [index, piece] of piecesOf(lines).entries()) {
    try {
      items.push(...reader.push(piece));
    } catch (error) {
      addRefusal(error, file.name, index + 1, log);
      if (++broken >= MOST_BROKEN) break;
      reader = create();
      reader.push(new TextEncoder().encode('\n'.repeat(index + 1)));
    }
  }
  try {
    items.push(...reader.end());
  } catch (error) {
    addRefusal(error, file.name, lines.length, log);
  }
  return placedSentences({ name: file.name, items, issues: [] }, log);
}

/** Divides a file into pieces of one line each; a file that is one JSON array stays one piece. */
function piecesOf(lines: readonly string[]): Uint8Array[] {
  const encoder = new TextEncoder();
  const isArray = lines.find((line) => line.trim() !== '')?.trimStart()[0] === '[';
  if (isArray && !lines.every((line) => /^\s*(?:\[.*\]\s*)?$/.test(line))) return [encoder.encode(lines.join('\n'))];
  return lines.map((line, index) => encoder.encode(index < lines.length - 1 ? `${line}\n` : line));
}

/** Returns the sentences of items, each token with the line of its record. */
export function placedSentences({ name, items, issues }: ReadFile, log: FindingLog): PlacedSentence[] {
  for (const issue of issues) addIssue(issue, log);
  const report = (issue: ConversionIssue): void => addIssue(issue, log);
  const filter = createTokenMending(report);
  const sentences = sentencesOf(filter.take(items, name), name, createSentenceCutter(report));
  filter.end();
  if (sentences.length === 0) log.add('no-sentence', { file: name, line: 1, what: 'no sentence in it' });
  return sentences.map((sentence) => ({ ...sentence, file: name, lines: sentence.tokens.map(() => sentence.line) }));
}

function addIssue({ kind, place, what }: ConversionIssue, log: FindingLog): void {
  log.add(KINDS_OF_ISSUES[kind], { ...placeIn(place), what });
}

function addRefusal(error: unknown, file: string, line: number, log: FindingLog): void {
  if (!(error instanceof UserError)) throw error;
  const { message } = error;
  const [, placed, what = message] = /^(.*?:\d+): (.*)$/s.exec(message) ?? [];
  const place = placed !== undefined && message.startsWith(`${file}:`) ? placeIn(placed) : { file, line };
  log.add('broken-record', { ...place, what });
}

/** Splits `file:line`, to which the number of a record may be added; the line is 1 if none is given. */
function placeIn(place: string): { readonly file: string; readonly line: number } {
  const [, file = place, line = '1'] = /^(.*?):(\d+)(?: \(record \d+\))?$/s.exec(place) ?? [];
  return { file, line: Number(line) };
}
