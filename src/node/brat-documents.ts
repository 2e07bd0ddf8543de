import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { badInput } from '../errors.js';
import { STANDARD_STREAM, unreadable } from './files.js';

/** The two files of a document of brat. */
export interface BratDocument {
  /** The name of the files, without folder and endings. */
  readonly name: string;
  readonly text: string;
  readonly annotations: string;
}

/**
 * Finds the documents of brat that a path means: one is named by either of its files, several by their folder.
 *
 * @param from name of the format, if one was given
 * @returns undefined if the path means no brat
 * @throws UserError if brat is to be read from stdin, or a folder holds none of it, exit code 3
 */
export async function findBratDocuments(path: string, from: string | undefined): Promise<BratDocument[] | undefined> {
  const stems = await findStems(path, from);
  return stems?.map((stem) => ({ name: basename(stem), text: `${stem}.txt`, annotations: `${stem}.ann` }));
}

/** Finds the paths of documents without their endings. */
async function findStems(path: string, from: string | undefined): Promise<string[] | undefined> {
  if (path === STANDARD_STREAM) {
    if (from === 'brat') throw badInput('stdin: brat is read from files', 'name the .ann file, or the folder');
    return undefined;
  }
  if (from !== undefined && from !== 'brat') return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) {
    const all = await readdir(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    const names = all.filter((name) => name.endsWith('.ann')).sort();
    if (names.length === 0) throw badInput(`${path}: it is a folder, and no .ann file of brat is in it`);
    return names.map((name) => join(path, name.slice(0, -4)));
  }
  if (path.endsWith('.ann')) return [path.slice(0, -4)];
  const stem = path.replace(/\.txt$/, '');
  if (from === 'brat') return [stem];
  if (stem === path) return undefined;
  return (await stat(`${stem}.ann`).catch(() => undefined))?.isFile() ? [stem] : undefined;
}
