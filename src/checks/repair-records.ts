import { UserError } from '../errors.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import type { Format } from '../formats/format.js';
import { field, isObject } from '../formats/json-fields.js';
import { isAnnotatedText } from '../formats/text-to-sentences.js';
import type { TextSpan } from '../text/annotated-text.js';
import type { RawFile } from './lines.js';
import { decodeForRepair, type RepairedFile, RepairLog } from './repair-log.js';

/** Numbers of so many digits change when JavaScript parses and writes them. */
const LONG_NUMBER = /\d{16}/;

/** Tells whether each record of a format is on its own line, with spans that can be repaired in place. */
export function hasRepairableRecords({ name }: Format): boolean {
  return name === 'jsonl' || name === 'prodigy' || name === 'doccano';
}

/**
 * Repairs what can be repaired in only one way: takes white space at the ends of spans out of them, and keeps one of several
 * identical spans. Lines without either, and unknown fields, stay as they are.
 *
 * @param format one for which `hasRepairableRecords` is true
 * @throws {UserError} if a line is not UTF-8, since other bytes can be read in many ways
 */
export function repairRecords(file: RawFile, format: Format, options: CorpusReading): RepairedFile {
  const log = new RepairLog();
  const lines = decodeForRepair(file, log);
  const mended = lines.map((line) => {
    if (LONG_NUMBER.test(line)) return line;
    const spans = readSpans(line, file.name, format, options);
    return spans ? repairRecord(line, spans, log) : line;
  });
  return { text: mended.join('\n'), repairs: log.repairs() };
}

/** Returns text and spans of a line's record; undefined if it has no spans, or cannot be read. */
function readSpans(
  line: string,
  source: string,
  format: Format,
  options: CorpusReading,
): { readonly text: string; readonly spans: readonly TextSpan[] } | undefined {
  try {
    const [item] = format.createReader(source, options, () => {}).push(new TextEncoder().encode(line));
    return item && isAnnotatedText(item) && item.spans.length > 0 ? item : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function repairRecord(
  line: string,
  { text, spans }: { readonly text: string; readonly spans: readonly TextSpan[] },
  log: RepairLog,
): string {
  const record: unknown = JSON.parse(line.replace(/^\uFEFF/, ''));
  const raw = isObject(record) ? rawSpansOf(record) : undefined;
  if (raw?.length !== spans.length) return line;
  const seen = new Set<string>();
  const doubled: number[] = [];
  let isChanged = false;
  for (const [index, { start, end }] of spans.entries()) {
    const covered = text.slice(start, end);
    const before = covered.length - covered.trimStart().length;
    const behind = covered.trim() === '' ? 0 : covered.length - covered.trimEnd().length;
    const isTrimmed = behind > 0 || (before > 0 && before < covered.length);
    if (isTrimmed && trim(raw[index], before, behind)) {
      log.count('span-edge');
      isChanged = true;
    }
    const key = JSON.stringify(raw[index]);
    if (seen.has(key)) doubled.push(index);
    seen.add(key);
  }
  for (const index of doubled.reverse()) raw.splice(index, 1);
  log.count('overlapping-span', doubled.length);
  return isChanged || doubled.length > 0 ? JSON.stringify(record) : line;
}

/** Returns the list of spans in a JSON record, under any of the names that formats have for it. */
function rawSpansOf(record: Readonly<Record<string, unknown>>): unknown[] | undefined {
  for (const name of ['spans', 'label', 'labels', 'entities']) {
    const list = field(record, name);
    if (Array.isArray(list)) return list;
  }
  return undefined;
}

/** Names of the fields with a span's start and end. */
const OFFSETS = [
  ['start', 'end'],
  ['start_offset', 'end_offset'],
] as const;

/**
 * Moves the ends of a span, in place, and tells whether it did. A white-space character is one unit in whatever offsets count.
 * Ends that are given in tokens stay, since white space may be a token.
 */
function trim(span: unknown, before: number, behind: number): boolean {
  if (Array.isArray(span)) {
    const [start, end] = span;
    if (typeof start !== 'number' || typeof end !== 'number') return false;
    span[0] = start + before;
    span[1] = end - behind;
    return true;
  }
  if (!isObject(span) || field(span, 'token_start') !== undefined || field(span, 'token_end') !== undefined)
    return false;
  const fields: Record<string, unknown> = span;
  for (const [startName, endName] of OFFSETS) {
    const [start, end] = [fields[startName], fields[endName]];
    if (typeof start !== 'number' || typeof end !== 'number') continue;
    fields[startName] = start + before;
    fields[endName] = end - behind;
    if (typeof fields.text === 'string') fields.text = fields.text.trim();
    return true;
  }
  return false;
}
