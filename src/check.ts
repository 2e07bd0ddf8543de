import { type CheckResult, type CheckSettings, checkCorpus, findErrors } from './checks/corpus.js';
import { isError } from './checks/findings.js';
import type { CorpusFile } from './checks/lines.js';
import { type RepairOutcome, repairFile } from './checks/repair.js';
import { badUsage } from './errors.js';
import { nameOf, readBytes } from './node/files.js';

export interface CheckOptions extends CheckSettings {
  /** Files of the training corpus. */
  readonly corpora: readonly string[];
  readonly dev?: string | undefined;
  readonly test?: string | undefined;
  /** What the repaired corpus will be called; undefined: nothing is repaired. */
  readonly repair?: string | undefined;
}

export interface CheckReport extends CheckResult {
  readonly repaired?: RepairOutcome;
  /** Whether errors were found, and not repaired. */
  readonly hasErrors: boolean;
}

/**
 * Finds, before training, what is wrong with a corpus, and repairs what can be repaired for certain.
 *
 * @throws UserError where a file cannot be read at all, exit code 3; where several files are to be repaired into one,
 *   exit code 2
 */
export async function check(options: CheckOptions): Promise<CheckReport> {
  const { corpora, dev, test, repair } = options;
  if (repair !== undefined && corpora.length !== 1)
    throw badUsage('--repair writes one corpus', 'name one corpus, and repair the others one by one');
  const files = {
    train: await readFiles(corpora),
    ...(dev !== undefined && { dev: await readFiles([dev]) }),
    ...(test !== undefined && { test: await readFiles([test]) }),
  };
  const result = checkCorpus(files, options);
  const [corpus] = files.train;
  if (repair === undefined || !corpus) return { ...result, hasErrors: result.findings.some(isError) };
  const file = nameOf(repair);
  const repaired = repairFile(corpus, options);
  const train = [{ name: file, bytes: new TextEncoder().encode(repaired.text) }];
  const left = findErrors({ ...files, train }, options);
  return { ...result, repaired: { ...repaired, file, left }, hasErrors: left.length > 0 };
}

async function readFiles(paths: readonly string[]): Promise<CorpusFile[]> {
  const files: CorpusFile[] = [];
  for (const path of paths) files.push({ name: nameOf(path), bytes: await readBytes(path) });
  return files;
}
