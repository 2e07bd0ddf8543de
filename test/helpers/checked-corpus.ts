import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../src/checks/corpus.js';
import type { FindingKind } from '../../src/checks/findings.js';
import type { RawFile } from '../../src/checks/lines.js';
import { checkCorpus } from './checks.js';
import { sharedFolder } from './shared-folder.js';

export const CORPORA = sharedFolder('corpora');

/** Checks files of a folder of corpora as train, dev and test. */
export function check(folder: string, train: string, dev?: string, test?: string): CheckResult {
  const files = (name: string | undefined): RawFile[] | undefined =>
    name === undefined ? undefined : [{ name, bytes: readFileSync(join(CORPORA ?? '', folder, name)) }];
  const [devFiles, testFiles] = [files(dev), files(test)];
  return checkCorpus(
    { train: files(train) ?? [], ...(devFiles && { dev: devFiles }), ...(testFiles && { test: testFiles }) },
    {},
  );
}

/** How often a kind is found in each file. */
export function counts({ findings }: CheckResult, kind: FindingKind): Record<string, number> {
  const files = findings.find((finding) => finding.kind === kind)?.files ?? [];
  return Object.fromEntries(files.map(({ file, count }) => [file, count]));
}

/** How many sentences of a file occurred before in it, with an entity or without. */
export function repetitions(result: CheckResult, file: string): number {
  return (counts(result, 'duplicate-sentence')[file] ?? 0) + (counts(result, 'repeated-sentence')[file] ?? 0);
}

/** Where a kind is found in a file. */
export function linesOf({ findings }: CheckResult, kind: FindingKind, file: string): number[] {
  const found = findings.find((finding) => finding.kind === kind)?.files.find((each) => each.file === file);
  return found?.places.map(({ line }) => line) ?? [];
}

/** The kinds of errors that are found. */
export function errorsOf({ findings }: CheckResult): FindingKind[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ kind }) => kind);
}

/** How many sentences of a file are in train too. */
export function sharedWithTrain({ findings }: CheckResult, file: string, train: string): number {
  const files = findings.find(({ kind }) => kind === 'shared-sentence')?.files ?? [];
  const places = files.find((each) => each.file === file)?.places ?? [];
  return places.filter(({ what }) => what.includes(` as in ${train}:`)).length;
}
