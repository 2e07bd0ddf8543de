import { type CheckResult, type CorpusFile, checkCorpus, columnsOf, findErrors, formatOf } from '../checks/corpus.js';
import { isError } from '../checks/findings.js';
import { hasRepairableRecords, type RepairOutcome, repairFile, repairRecords } from '../checks/repair.js';
import { readItems } from '../corpora/read-corpus.js';
import { badUsage } from '../errors.js';
import type { ConversionIssue, CorpusReading } from '../formats/format.js';
import { findBratDocuments } from '../node/brat-documents.js';
import { nameOf, readBytes } from '../node/files.js';

export interface CheckOptions {
  /** Files of the training corpus. */
  readonly corpora: readonly string[];
  readonly dev?: string | undefined;
  readonly test?: string | undefined;
  readonly reading: CorpusReading;
  /** How many places of a kind are kept of each file; undefined for all. */
  readonly places?: number | undefined;
  /** File for the repaired corpus; undefined if nothing is to be repaired. */
  readonly repair?: string | undefined;
}

export interface CheckReport extends CheckResult {
  readonly repaired?: RepairOutcome;
  /** Whether errors were found that were not repaired. */
  readonly hasErrors: boolean;
}

/**
 * Finds, before training, what is wrong with a corpus, and repairs what can be repaired for certain.
 *
 * @throws UserError if a file cannot be read at all, exit code 3; if several files are to be repaired into one, exit code 2
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const { corpora, dev, test, repair, reading, places } = options;
  const settings = { ...reading, places };
  if (repair !== undefined && corpora.length !== 1)
    throw badUsage('--repair writes one corpus', 'name one corpus, and repair the others one by one');
  const files = {
    train: await readFiles(corpora, reading),
    ...(dev !== undefined && { dev: await readFiles([dev], reading) }),
    ...(test !== undefined && { test: await readFiles([test], reading) }),
  };
  const [corpus] = files.train;
  const format = repair === undefined || !corpus || 'items' in corpus ? undefined : formatOf(corpus, reading.from);
  const columns = format && columnsOf(format, reading);
  if (repair !== undefined && (!format || !(columns || hasRepairableRecords(format))))
    throw badUsage(
      '--repair mends columns, and JSON lines of texts with spans',
      `see rnn convert ${corpora[0]} --to conll, or --to jsonl`,
    );
  const result = checkCorpus(files, settings);
  if (repair === undefined || !format || !corpus || 'items' in corpus)
    return { ...result, hasErrors: result.findings.some(isError) };
  const file = nameOf(repair);
  const repaired = columns ? repairFile(corpus, columns, reading.outside) : repairRecords(corpus, format, reading);
  const train = [{ name: file, bytes: new TextEncoder().encode(repaired.text) }];
  const left = findErrors({ ...files, train }, settings);
  return { ...result, repaired: { ...repaired, file, left }, hasErrors: left.length > 0 };
}

async function readFiles(paths: readonly string[], reading: CorpusReading): Promise<CorpusFile[]> {
  const files: CorpusFile[] = [];
  for (const path of paths) {
    if (await findBratDocuments(path, reading.from)) files.push(...(await readDocuments(path, reading)));
    else files.push({ name: nameOf(path), bytes: await readBytes(path) });
  }
  return files;
}

async function readDocuments(path: string, reading: CorpusReading): Promise<CorpusFile[]> {
  const issues: ConversionIssue[] = [];
  const files: CorpusFile[] = [];
  for await (const { items, source } of readItems(path, reading, (issue) => issues.push(issue)))
    files.push({ name: source, items, issues: issues.splice(0) });
  return files;
}
