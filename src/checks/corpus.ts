import { badInput } from '../errors.js';
import type { ConllColumns } from '../formats/conll-layout.js';
import type { CorpusReading, Format } from '../formats/format.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { checkCharacters } from './characters.js';
import { checkLines, readLines } from './columns.js';
import { type Finding, FindingLog, isError } from './findings.js';
import { checkLabels } from './labels.js';
import { linesOf, type RawFile } from './lines.js';
import { createPart, PART_NAMES, type Part, type PartName, type PlacedSentence } from './part.js';
import { placedSentences, type ReadFile, readRecords } from './records.js';
import { checkSentences } from './sentences.js';
import { checkConsistency, checkSpanEdges } from './spans.js';
import { type PartStatistics, statisticsOf } from './statistics.js';
import { checkSchemes, checkTags, checkTokens } from './tags.js';

/** How many bytes of a file are examined to find its format. */
const HEAD = 1_000_000;

export interface CheckSettings extends CorpusReading {
  /** How many places of each kind are kept per file; undefined keeps all. */
  readonly places?: number | undefined;
}

export interface CheckResult {
  readonly statistics: readonly PartStatistics[];
  /** The most severe first. */
  readonly findings: readonly Finding[];
}

/** A file of a corpus: its bytes, or items that were read elsewhere because they are not in a single file. */
export type CorpusFile = RawFile | ReadFile;

/** The files of each part of the data; train may have several. */
export type CorpusFiles = Readonly<Partial<Record<PartName, readonly CorpusFile[]>>>;

/** Finds everything that is wrong with a corpus, from bytes to labels, and measures the corpus. */
export function checkCorpus(files: CorpusFiles, settings: CheckSettings): CheckResult {
  const log = new FindingLog();
  const parts = readParts(files, settings, log);
  for (const part of parts) {
    checkTags(part, log);
    checkCharacters(part, log);
    checkTokens(part, log);
    checkSpanEdges(part, log);
    checkConsistency(part, log);
  }
  checkSchemes(parts, log);
  checkLabels(parts, log);
  checkSentences(parts, log);
  return { statistics: statisticsOf(parts), findings: log.findings(settings.places) };
}

/** Finds the errors of `checkCorpus`, which are certainly mistakes, in less time. */
export function findErrors(files: CorpusFiles, settings: CheckSettings): readonly Finding[] {
  const log = new FindingLog();
  for (const part of readParts(files, settings, log)) checkTags(part, log);
  return log.findings(settings.places).filter(isError);
}

function readParts(files: CorpusFiles, settings: CheckSettings, log: FindingLog): Part[] {
  return PART_NAMES.flatMap((name) => {
    const sentences = files[name]?.flatMap((file) => readFile(file, settings, log));
    return sentences ? [createPart(name, sentences, settings.outside)] : [];
  });
}

function readFile(file: CorpusFile, settings: CheckSettings, log: FindingLog): readonly PlacedSentence[] {
  if ('items' in file) return placedSentences(file, log);
  const format = formatOf(file, settings.from);
  const columns = columnsOf(format, settings);
  if (!columns) return readRecords(file, format, settings, log);
  const lines = linesOf(file, log);
  const read = readLines(file.name, lines, columns, log);
  checkLines(file.name, lines, read, log);
  return read.sentences;
}

/**
 * Returns the format of a file: the named one, or the one that its beginning shows.
 *
 * @throws {UserError} if it is an annotation file of brat, or JSON that is broken or of an unknown shape
 */
export function formatOf({ name, bytes }: RawFile, from?: string): Format {
  if (from !== undefined) return formatNamed(from);
  const found = detectFormat(new TextDecoder().decode(bytes.subarray(0, HEAD)), name);
  if (found === 'brat')
    throw badInput(`${name}: annotations of brat without their text`, 'name the .ann file, or its folder');
  return found;
}

/** Returns the columns of the token and the tag in a format; undefined if its lines are no tokens. */
export function columnsOf(format: Format, reading: CorpusReading): ConllColumns | undefined {
  return format.holds === 'sentences' ? format.columnsOf?.(reading) : undefined;
}
