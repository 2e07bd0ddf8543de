import { type CheckResult, CorpusCheck, columnsOf, formatOf, HEAD } from '../checks/corpus.js';
import { type CheckFinding, isError, isMistake, mergeFindings } from '../checks/findings.js';
import type { RawFile } from '../checks/lines.js';
import { PART_NAMES } from '../checks/part.js';
import {
  hasRepairableRecords,
  type RepairedFile,
  type RepairOutcome,
  repairFile,
  repairRecords,
} from '../checks/repair.js';
import { refuseUnheeded } from '../corpora/heeded-options.js';
import { readItems } from '../corpora/read-corpus.js';
import { badUsage } from '../errors.js';
import type { CorpusReading, Format } from '../formats/format.js';
import { findBratDocuments } from '../node/brat-documents.js';
import { isStream, nameOf, readBytes, streamBytes } from '../node/files.js';

export interface CheckOptions {
  /** Files of the training corpus. */
  readonly corpora: readonly string[];
  readonly dev?: string | undefined;
  readonly test?: string | undefined;
  readonly reading: CorpusReading;
  /** How many places of a kind are kept of each file; undefined for as many as are ever kept. */
  readonly places?: number | undefined;
  /** File for the repaired corpus; undefined if nothing is to be repaired. */
  readonly repair?: string | undefined;
}

export interface CheckReport extends CheckResult {
  readonly repaired?: RepairOutcome;
  /** Whether errors were found that were not repaired. */
  readonly hasErrors: boolean;
  /** Whether warnings were found. */
  readonly hasWarnings: boolean;
}

/**
 * Finds, before training, what is wrong with a corpus, and repairs what can be repaired for certain. Files are read piece by piece,
 * but for one that is to be repaired.
 *
 * @throws UserError if a file cannot be read at all, exit code 3; if several files are to be repaired into one, or a stream has no
 *   use for an option, exit code 2
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const { corpora, dev, test, repair, reading, places } = options;
  const [path] = corpora;
  if (repair !== undefined && (corpora.length !== 1 || path === undefined))
    throw badUsage('--repair writes one corpus', 'name one corpus, and repair the others one by one');
  const repaired = repair === undefined || path === undefined ? undefined : await repairCorpus(path, reading);
  const corpus = new CorpusCheck({ ...reading, places });
  const paths = { train: corpora, dev, test };
  for (const name of PART_NAMES) {
    if (paths[name] === undefined) continue;
    corpus.startPart(name);
    if (name === 'train' && repaired) await readPieces(corpus, repaired.file.name, [repaired.file.bytes], reading);
    else for (const file of [paths[name]].flat()) await readFile(corpus, file, reading);
  }
  const checked = corpus.result();
  const result = { ...checked, hasWarnings: checked.findings.some(({ severity }) => severity === 'warning') };
  if (repair === undefined || !repaired) return { ...result, hasErrors: result.findings.some(isError) };
  const elsewhere = result.findings.filter(isMistake).map((finding) => withoutFile(finding, repaired.file.name));
  const file = nameOf(repair);
  const left = mergeFindings(
    await mistakesOf({ name: file, bytes: new TextEncoder().encode(repaired.text) }, options),
    elsewhere,
  );
  const { text, repairs } = repaired;
  return { ...result, repaired: { file, text, repairs, left }, hasErrors: left.some(isError) };
}

/**
 * Reads a corpus whole and repairs it.
 *
 * @throws UserError if nothing can be repaired in its format, exit code 2
 */
async function repairCorpus(path: string, reading: CorpusReading): Promise<RepairedFile & { readonly file: RawFile }> {
  const isInDocuments = (await findBratDocuments(path, reading.from)) !== undefined;
  const file = isInDocuments ? undefined : { name: nameOf(path), bytes: await readBytes(path) };
  const format = file && formatOf(file, reading.from);
  const columns = format && columnsOf(format, reading);
  if (!file || !format || !(columns || hasRepairableRecords(format)))
    throw badUsage(
      '--repair mends columns, and JSON lines of texts with spans',
      `see rnn convert ${path} --to conll, or --to jsonl`,
    );
  const repaired = columns ? repairFile(file, { ...reading, ...columns }) : repairRecords(file, format, reading);
  return { ...repaired, file };
}

/** Finds the mistakes in a training corpus in memory. */
async function mistakesOf(
  { name, bytes }: RawFile,
  { reading, places }: CheckOptions,
): Promise<readonly CheckFinding[]> {
  const corpus = new CorpusCheck({ ...reading, places });
  corpus.startPart('train');
  await readPieces(corpus, name, [bytes], reading);
  return corpus.mistakes();
}

function withoutFile(finding: CheckFinding, name: string): CheckFinding {
  const files = finding.files.filter(({ file }) => file !== name);
  return { ...finding, files, count: files.reduce((sum, { count }) => sum + count, 0) };
}

async function readFile(corpus: CorpusCheck, path: string, reading: CorpusReading): Promise<void> {
  const refuse = ({ name, heeds }: Format): void => refuseUnheeded([{ path, readAs: name, heeds }], reading);
  const isUnnamedStream = reading.from === undefined && (await isStream(path));
  if (!(await findBratDocuments(path, reading.from)))
    await readPieces(corpus, nameOf(path), streamBytes(path), reading, isUnnamedStream ? refuse : undefined);
  else
    for await (const { items, source } of readItems(path, reading, (issue) => corpus.addIssue(issue))) {
      const document = corpus.readItems(source);
      document.push(items);
      document.end();
    }
}

/**
 * Reads a file that comes in pieces, of which the first ones show its format.
 *
 * @param onFormat is told the format
 */
async function readPieces(
  corpus: CorpusCheck,
  name: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { from }: CorpusReading,
  onFormat: (format: Format) => void = () => {},
): Promise<void> {
  let head: Uint8Array[] = [];
  let length = 0;
  let file: ReturnType<CorpusCheck['readFile']> | undefined;
  const begin = (): ReturnType<CorpusCheck['readFile']> => {
    const bytes = Buffer.concat(head);
    head = [];
    const format = formatOf({ name, bytes }, from);
    onFormat(format);
    const begun = corpus.readFile(name, format);
    begun.push(bytes);
    return begun;
  };
  for await (const piece of pieces) {
    if (file) file.push(piece);
    else {
      // A copy, since a stream may fill its bytes anew.
      head.push(piece.slice());
      length += piece.length;
      if (length >= HEAD) file = begin();
    }
  }
  (file ?? begin()).end();
}
