import type { ConllColumns } from '../formats/conll.js';
import { checkCharacters } from './characters.js';
import { checkLines, readLines } from './columns.js';
import { checkConsistency } from './consistency.js';
import { type Finding, FindingLog, isError } from './findings.js';
import { checkLabels } from './labels.js';
import { type CorpusFile, linesOf } from './lines.js';
import { type CorpusLayout, createPart, PART_NAMES, type Part, type PartName, type PlacedSentence } from './part.js';
import { checkSentences } from './sentences.js';
import { checkSpanEdges } from './spans.js';
import { type PartStatistics, statisticsOf } from './statistics.js';
import { checkSchemes, checkTags } from './tags.js';
import { checkTokens } from './tokens.js';

export interface CheckSettings extends CorpusLayout {
  /** How many places of a kind are kept of each file; undefined: all. */
  readonly places?: number | undefined;
}

export interface CheckResult {
  readonly statistics: readonly PartStatistics[];
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** The files of each part of the data; train has one or more. */
export type CorpusFiles = Readonly<Partial<Record<PartName, readonly CorpusFile[]>>>;

/** Finds all that is wrong with a corpus, from bytes to labels, and measures it. */
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

/** Finds what is certainly wrong with a corpus: the errors of `checkCorpus`, in less time. */
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

function readFile(file: CorpusFile, columns: ConllColumns, log: FindingLog): readonly PlacedSentence[] {
  const lines = linesOf(file, log);
  const read = readLines(file.name, lines, columns, log);
  checkLines(file.name, lines, read, log);
  return read.sentences;
}
