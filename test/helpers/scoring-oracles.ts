import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedFolder } from './shared-folder.js';

/**
 * A case in a folder: pairs of gold and predicted tags (`pairs.conll`), and what other programs say of them
 * (`conlleval.txt`, `seqeval.json`, `nervaluate.json`).
 */
export interface OracleCase {
  readonly name: string;
  readonly folder: string;
}

function casesIn(folder: string | undefined, label: string): OracleCase[] {
  if (folder === undefined) return [];
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => ({ name: `${label}${name}`, folder: join(folder, name) }));
}

/** The cases that `test/oracles/make.py` makes. */
export const OWN_ORACLE_CASES: readonly OracleCase[] = casesIn(
  fileURLToPath(new URL('../oracles', import.meta.url)),
  '',
);

/** Those, and the ones that may lie beside this repository. */
export const ORACLE_CASES: readonly OracleCase[] = [
  ...OWN_ORACLE_CASES,
  ...casesIn(sharedFolder('oracles/scoring'), 'shared: '),
];

/** Whether both sides are BIOES, with no tag that the scheme does not allow there. */
export function isWellFormedBioes({ folder }: OracleCase): boolean {
  return /^(bioes|iobes)-(?!ill-formed)/.test(basename(folder));
}

export function oraclePath({ folder }: OracleCase, file: string): string {
  return join(folder, file);
}

export function hasOracle(oracle: OracleCase, file: string): boolean {
  return existsSync(oraclePath(oracle, file));
}

export function readOracle(oracle: OracleCase, file: string): string {
  return readFileSync(oraclePath(oracle, file), 'utf8');
}
