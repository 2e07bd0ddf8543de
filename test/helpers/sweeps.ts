import { readdirSync, readFileSync } from 'node:fs';
import type { Folder } from './cli.js';

/** The results and checkpoints of a sweep, without what depends on the machine. */
export function contentsOf(folder: Folder, name: string): Record<string, string> {
  const names = readdirSync(folder.at(name)).sort();
  return Object.fromEntries(
    names.map((each) => [each, readFileSync(folder.at(`${name}/${each}`), 'utf8').replace(/,"seconds":[\d.]+/, '')]),
  );
}
