import { UserError } from '../errors.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import type { Format } from '../formats/format.js';
import { field, isObject } from '../formats/json-fields.js';
import { isAnnotatedText } from '../formats/text-to-sentences.js';
import type { TextSpan } from '../text/annotated-text.js';
import type { RawFile } from './lines.js';
import { decodeForRepair, type RepairedFile, RepairLog } from './repair-log.js';

/** JSON of JavaScript does not hold so long numbers as they are. */
const LONG_NUMBER = /\d{16}/;

/** Whether records of a format stand on lines of their own, with spans that can be mended in place. */
export function hasRepairableRecords({ name }: Format): boolean {
  return name === 'jsonl' || name === 'prodigy' || name === 'doccano';
}

/**
 * Repairs what can be repaired in one way alone: white space at the ends of spans is left outside of them, and of spans
 * that are the same in all they say one stays. Lines without either, and fields that nobody knows, stay as they are.
 *
 * @param format one that `hasRepairableRecords`
 * @throws UserError where a line is no UTF-8, which can be read in many ways
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

/** The text and the spans of a line's record; undefined where it has none, or cannot be read. */
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

/** The list of spans in a record of JSON, whatever the shape calls it. */
function rawSpansOf(record: Readonly<Record<string, unknown>>): unknown[] | undefined {
  for (const name of ['spans', 'label', 'labels', 'entities']) {
    const list = field(record, name);
    if (Array.isArray(list)) return list;
  }
  return undefined;
}

/** Names of offsets, the start and the end. */
const OFFSETS = [
  ['start', 'end'],
  ['start_offset', 'end_offset'],
] as const;

/**
 * Moves the ends of a span, in place. White space is one unit a character, whatever offsets count; ends that were said
 * in tokens stay, for white space may be a token.
 */
function trim(span: unknown, before: number, behind: number): boolean {
  if (Array.isArray(span)) {
    const [start, end] = span as [number, number];
    span[0] = start + before;
    span[1] = end - behind;
    return true;
  }
  if (!isObject(span) || field(span, 'token_start') !== undefined || field(span, 'token_end') !== undefined)
    return false;
  const fields = span as Record<string, unknown>;
  const names = OFFSETS.find(([start, end]) => typeof fields[start] === 'number' && typeof fields[end] === 'number');
  if (!names) return false;
  const [start, end] = names;
  fields[start] = (fields[start] as number) + before;
  fields[end] = (fields[end] as number) - behind;
  if (typeof fields.text === 'string') fields.text = fields.text.trim();
  return true;
}
