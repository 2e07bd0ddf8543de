import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from './shared-folder.js';

const FOLDER = sharedFolder('oracles/scoring');

/** What other programs say of pairs of gold and predicted tags; empty where the material is missing. */
export const ORACLE_CASES = FOLDER === undefined ? [] : readdirSync(FOLDER).sort();

export const SKIPPED = '(skipped where ../shared/oracles is missing)';

export function oraclePath(name: string, file: string): string {
  return join(FOLDER ?? '', name, file);
}

export function hasOracle(name: string, file: string): boolean {
  return existsSync(oraclePath(name, file));
}

export function readOracle(name: string, file: string): string {
  return readFileSync(oraclePath(name, file), 'utf8');
}
