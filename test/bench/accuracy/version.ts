import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../built.js';
import type { Contestant } from './contestants.js';
import type { Split } from './corpora.js';

const PEER = fileURLToPath(new URL('../peers/crfsuite/', import.meta.url));
const programs = { own: '', crfsuite: '' };

/** Fingerprint of all that decides a run's scores but its seed: the program, its options, the files. */
export function versionOf(contestant: Contestant, split: Split): string {
  const { kind } = contestant;
  programs[kind] ||= hashFiles(kind === 'own' ? filesOf(join(ROOT, 'dist')) : filesOf(PEER));
  const options =
    kind === 'own' ? contestant.flags : [contestant.algorithm, ...(contestant.hasClusters ? ['clusters'] : [])];
  return hash([
    programs[kind],
    ...options,
    hashFiles([split.train, split.dev, split.test, split.raw].filter((path) => path !== undefined)),
  ]);
}

/** The repository's commit, with `+` where files differ from it. */
export function currentCommit(): string {
  const git = (...arguments_: string[]): string =>
    execFileSync('git', arguments_, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--', 'src', 'bin') === '' ? '' : '+'}`;
  } catch {
    return 'no repository';
  }
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const isPart = (name: string): boolean => /\.(js|py|txt)$/.test(name);
  return entries
    .filter((entry) => entry.isFile() && isPart(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashFiles(paths: readonly string[]): string {
  return hash(paths.map((path) => readFileSync(path, 'utf8')));
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
