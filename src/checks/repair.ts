import { splitColumns, withTagOfPairs } from '../formats/conll-layout.js';
import { at } from '../text/at.js';
import { canonicalTag, hasSpans, inBilou, isPrefixed, tagsOf } from '../text/scheme.js';
import { splitSpellings } from './characters.js';
import { type ReadLines, readLines, usualColumnCount } from './columns.js';
import { type Finding, FindingLog } from './findings.js';
import type { FindingKind } from './kinds.js';
import type { RawFile } from './lines.js';
import { type CorpusLayout, createPart, type PlacedSentence } from './part.js';
import { decodeForRepair, type RepairedFile, RepairLog } from './repair-log.js';
import { withoutUnseen } from './unseen.js';

/** The repaired corpus with the name of its file, and the errors that are left in it. */
export interface RepairOutcome extends RepairedFile {
  readonly file: string;
  readonly left: readonly Finding[];
}

/**
 * Repairs what can be repaired in only one way. No word changes its appearance, and entities are read as before. All other
 * columns, comments and lines stay as they are.
 *
 * @throws {UserError} if a line is not UTF-8, since other bytes can be read in many ways
 */
export function repairFile(file: RawFile, { outside, ...columns }: CorpusLayout): RepairedFile {
  const repairs = new RepairLog();
  const count: Count = (kind, times) => repairs.count(kind, times);
  const decoded = decodeForRepair(file, repairs);
  const columnCount = usualColumnCount(decoded);
  const lines = decoded.map((line) => repairLayout(line, columnCount, count));
  const log = new FindingLog();
  const read = readLines(file.name, lines, columns, log);
  count('padded-field', log.findings().find(({ kind }) => kind === 'padded-field')?.count ?? 0);
  repairFields(lines, read, outside, count);
  return { text: lines.join('\n'), repairs: repairs.repairs() };
}

type Count = (kind: FindingKind, times?: number) => void;

/** Removes white space from a separator line, and empty columns at the end of a line that has too many. */
function repairLayout(line: string, columnCount: number, count: Count): string {
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
    count(kind, countChanges(before, repaired));
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
      if (isOdd) count('mixed-separators');
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
  const { scheme, spans } = createPart('train', sentences, outside);
  if (!hasSpans(scheme)) return sentences;
  const isBilou = sentences.some(({ tags }) => tags.some((tag) => /^[LU]-/.test(tag)));
  const inLetters = (tag: string): string => (isBilou ? inBilou(tag) : tag);
  return sentences.map((sentence, number) => {
    const proper = tagsOf(spans[number] ?? [], sentence.tags.length, scheme);
    const spell = (tag: string, index: number): string =>
      canonicalTag(tag, scheme) === proper[index] || !isPrefixed(tag) ? tag : inLetters(at(proper, index));
    return { ...sentence, tags: sentence.tags.map(spell) };
  });
}

function countChanges(before: readonly PlacedSentence[], after: readonly PlacedSentence[]): number {
  if (after === before) return 0;
  let changes = 0;
  for (const [number, { tokens, tags }] of after.entries()) {
    const original = at(before, number);
    for (const [index, token] of tokens.entries()) if (token !== original.tokens[index]) changes++;
    for (const [index, tag] of tags.entries()) if (tag !== original.tags[index]) changes++;
  }
  return changes;
}
