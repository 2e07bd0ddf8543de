import { badInput, UserError } from '../errors.js';
import { splitColumns, withTagOfPairs } from '../formats/conll-layout.js';
import type { CorpusReading, Format } from '../formats/format.js';
import { field, isObject } from '../formats/json-fields.js';
import { isAnnotatedText } from '../formats/text-to-sentences.js';
import { at } from '../text/at.js';
import { canonicalTag, createSpanReader, detectScheme, hasSpans, inBilou, isPrefixed, tagsOf } from '../text/scheme.js';
import type { TextSpan } from '../text/sentence.js';
import { splitSpellings } from './characters.js';
import { type ReadLines, readLines, usualColumnCount } from './columns.js';
import { type CheckFinding, type FindingKind, FindingLog } from './findings.js';
import { linesOf, type RawFile } from './lines.js';
import type { PlacedSentence } from './sentence-store.js';
import { withoutUnseen } from './unseen.js';

/** The repaired corpus with the name of its file, and the mistakes that are left in it: errors, and warnings of offsets. */
export interface RepairOutcome extends RepairedFile {
  readonly file: string;
  readonly left: readonly CheckFinding[];
}

/**
 * Repairs what can be repaired in only one way. No word changes its appearance, and entities are read as before. All other
 * columns, comments and lines stay as they are.
 *
 * @throws {UserError} if a line is not UTF-8, since other bytes can be read in many ways
 */
export function repairFile(file: RawFile, { outside, ...columns }: CorpusReading): RepairedFile {
  const repairs = new RepairLog();
  const count: Count = (kind, line, times) => repairs.count(kind, line, times);
  const decoded = decodeForRepair(file, repairs);
  const columnCount = usualColumnCount(decoded);
  const lines = decoded.map((line, index) => repairLayout(line, columnCount, (kind) => count(kind, index + 1)));
  const log = new FindingLog();
  const read = readLines(file.name, lines, columns, log);
  repairs.countFound(log, ['padded-field']);
  repairFields(lines, read, outside, count);
  return { text: lines.join('\n'), repairs: repairs.repairs() };
}

type Count = (kind: FindingKind, line: number, times?: number) => void;

/** Removes white space from a separator line, and empty columns at the end of a line that has too many. */
function repairLayout(line: string, columnCount: number, count: (kind: FindingKind) => void): string {
  if (line.trim() === '') {
    if (line !== '') count('white-separator');
    return '';
  }
  if (!line.includes('\t') || line.startsWith('# ')) return line;
  const columns = line.split('\t');
  while (columns.length > columnCount && columns.at(-1)?.trim() === '') columns.pop();
  const mended = columns.join('\t');
  if (mended !== line) count('wrong-columns');
  return mended;
}

type Step = (sentences: readonly PlacedSentence[]) => readonly PlacedSentence[];

/** Repairs tokens and tags, in place in `lines`. */
function repairFields(lines: string[], read: ReadLines, outside: string | undefined, count: Count): void {
  const { layout } = read;
  const steps: readonly (readonly [FindingKind, Step])[] = [
    ['control-character', eachField((field) => withoutUnseen('control-character', field))],
    ['invisible-character', eachField((field) => withoutUnseen('invisible-character', field))],
    ['two-spellings', composeSpellings],
    ['ill-formed-tag', (sentences) => spellProperly(sentences, outside)],
  ];
  let repaired: readonly PlacedSentence[] = read.sentences;
  for (const [kind, step] of steps) {
    const before = repaired;
    repaired = step(before);
    countChanges(before, repaired, (line) => count(kind, line));
  }
  for (const { lines: numbers, tokens, tags } of repaired) {
    for (const [index, line] of numbers.entries()) {
      const before = at(lines, line - 1);
      const fields = splitColumns(before);
      const isTabbed = before.includes('\t');
      const after = fields.slice();
      const tagIndex = (layout?.tagColumn ?? fields.length) - 1;
      const tag = at(tags, index);
      after[(layout?.tokenColumn ?? 1) - 1] = at(tokens, index);
      after[tagIndex] = layout?.hasPairs ? withTagOfPairs(at(fields, tagIndex), tag) : tag;
      const separator = read.hasTabs || after.some((field) => field.includes(' ')) ? '\t' : ' ';
      const isOdd = isTabbed !== (separator === '\t');
      if (isOdd) count('mixed-separators', line);
      const isChanged = isOdd || after.some((field, column) => field !== fields[column]);
      if (isChanged) lines[line - 1] = after.join(separator);
    }
  }
}

/** Creates a step that changes each distinct token and tag. */
function eachField(mend: (field: string) => string): Step {
  return (sentences) => {
    const fields = new Set<string>();
    for (const { tokens, tags } of sentences) for (const field of [...tokens, ...tags]) fields.add(field);
    const mended = new Map<string, string>();
    for (const field of fields) if (mend(field) !== field) mended.set(field, mend(field));
    const mendAll = (texts: readonly string[]): readonly string[] => texts.map((text) => mended.get(text) ?? text);
    if (mended.size === 0) return sentences;
    return sentences.map((sentence) => ({
      ...sentence,
      tokens: mendAll(sentence.tokens),
      tags: mendAll(sentence.tags),
    }));
  };
}

function composeSpellings(sentences: readonly PlacedSentence[]): readonly PlacedSentence[] {
  const split = splitSpellings(sentences.flatMap(({ tokens }) => tokens));
  return eachField((field) => (split.has(field) ? field.normalize('NFC') : field))(sentences);
}

/** Spells spans as the scheme requires; tags that belong to no scheme stay. */
function spellProperly(sentences: readonly PlacedSentence[], outside: string | undefined): readonly PlacedSentence[] {
  const scheme = detectScheme(sentences, outside);
  if (!hasSpans(scheme)) return sentences;
  const isBilou = sentences.some(({ tags }) => tags.some((tag) => /^[LU]-/.test(tag)));
  const inLetters = (tag: string): string => (isBilou ? inBilou(tag) : tag);
  const readSpans = createSpanReader(scheme);
  return sentences.map((sentence) => {
    const proper = tagsOf(readSpans(sentence.tags), sentence.tags.length, scheme);
    const spell = (tag: string, index: number): string =>
      canonicalTag(tag, scheme) === proper[index] || !isPrefixed(tag) ? tag : inLetters(at(proper, index));
    return { ...sentence, tags: sentence.tags.map(spell) };
  });
}

/** Gives the line of each token and of each tag that has changed to `count`. */
function countChanges(
  before: readonly PlacedSentence[],
  after: readonly PlacedSentence[],
  count: (line: number) => void,
): void {
  if (after === before) return;
  for (const [number, { tokens, tags, lines }] of after.entries()) {
    const original = at(before, number);
    for (const [index, line] of lines.entries()) {
      if (tokens[index] !== original.tokens[index]) count(line);
      if (tags[index] !== original.tags[index]) count(line);
    }
  }
}

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
  const mended = lines.map((line, index) => {
    if (LONG_NUMBER.test(line)) return line;
    const spans = readSpans(line, file.name, format, options);
    return spans ? repairRecord(line, spans, (kind, times) => log.count(kind, index + 1, times)) : line;
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
    const reader = format.createReader(source, options, () => {});
    const [item] = [...reader.push(new TextEncoder().encode(line)), ...reader.end()];
    return item && isAnnotatedText(item) && item.spans.length > 0 ? item : undefined;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function repairRecord(
  line: string,
  { text, spans }: { readonly text: string; readonly spans: readonly TextSpan[] },
  count: (kind: FindingKind, times?: number) => void,
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
      count('span-edge');
      isChanged = true;
    }
    const key = JSON.stringify(raw[index]);
    if (seen.has(key)) doubled.push(index);
    seen.add(key);
  }
  for (const index of doubled.reverse()) raw.splice(index, 1);
  count('overlapping-span', doubled.length);
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

/** How often one kind of mistake was repaired. */
export interface Repair {
  readonly kind: FindingKind;
  readonly count: number;
  /** Numbers of the first lines that were repaired, at most three. */
  readonly lines: readonly number[];
}

export interface RepairedFile {
  /** The whole file, every line of which ends with LF. */
  readonly text: string;
  readonly repairs: readonly Repair[];
}

/** How many lines of each kind of repair are kept. */
const FEW = 3;

/** Counts repairs by kind. */
class RepairLog {
  readonly #groups = new Map<FindingKind, { count: number; readonly lines: Set<number> }>();

  count(kind: FindingKind, line: number, times = 1): void {
    if (times === 0) return;
    const group = this.#groups.get(kind) ?? { count: 0, lines: new Set() };
    this.#groups.set(kind, group);
    group.count += times;
    if (group.lines.size < FEW) group.lines.add(line);
  }

  /** Counts the findings of some kinds, all of which are repaired. */
  countFound(log: FindingLog, kinds: readonly FindingKind[]): void {
    for (const { kind, files } of log.findings())
      if (kinds.includes(kind)) for (const { places } of files) for (const { line } of places) this.count(kind, line);
  }

  repairs(): Repair[] {
    return [...this.#groups].map(([kind, { count, lines }]) => ({ kind, count, lines: [...lines] }));
  }
}

/** Returns the lines of a file, with UTF-16, line ends and NUL bytes repaired, or throws a UserError if one is not UTF-8. */
function decodeForRepair(file: RawFile, repairs: RepairLog): string[] {
  const log = new FindingLog();
  const lines = linesOf(file, log);
  const findings = log.findings();
  for (const { kind, files } of findings) {
    const place = files[0]?.places[0];
    if (kind === 'wrong-encoding' && place)
      throw badInput(
        `${file.name}:${place.line}: cannot be repaired: expected UTF-8, found other bytes (${place.what})`,
        'convert it with iconv first',
      );
  }
  repairs.countFound(
    log,
    findings.map(({ kind }) => kind).filter((kind) => kind !== 'nul-byte'),
  );
  return lines.map((line, index) => {
    const text = line.replaceAll('\0', '');
    if (text === line || text.trim() === '') return line;
    repairs.count('nul-byte', index + 1);
    return text;
  });
}
