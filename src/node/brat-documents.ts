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

/** What a path means as brat. */
export interface BratDocuments {
  readonly documents: readonly BratDocument[];
  /** The paths of the `.txt` files in the folder without an `.ann` file beside them, which are no documents. */
  readonly textsAlone: readonly string[];
  /** The paths of the folders in the folder that hold `.ann` files, which are not read. */
  readonly folders: readonly string[];
}

/**
 * Finds the documents of brat that a path means: one is named by either of its files, several by their folder.
 *
 * @param from name of the format, if one was given
 * @returns undefined if the path means no brat
 * @throws UserError if brat is to be read from stdin, or a folder holds none of it, exit code 3
 */
export async function findBratDocuments(path: string, from: string | undefined): Promise<BratDocuments | undefined> {
  if (path === STANDARD_STREAM) {
    if (from === 'brat') throw badInput('stdin: brat is read from files', 'name the .ann file, or the folder');
    return undefined;
  }
  if (from !== undefined && from !== 'brat') return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return findInFolder(path);
  const stem = await findStem(path, from);
  return stem === undefined ? undefined : { documents: [documentOf(stem)], textsAlone: [], folders: [] };
}

async function findInFolder(folder: string): Promise<BratDocuments> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const all = entries.map(({ name }) => name);
  const stemsOf = (ending: string): string[] =>
    all
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
      .sort();
  const stems = stemsOf('.ann');
  if (stems.length === 0) throw badInput(`${folder}: it is a folder, and no .ann file of brat is in it`);
  const annotated = new Set(stems);
  return {
    documents: stems.map((stem) => documentOf(join(folder, stem))),
    textsAlone: stemsOf('.txt')
      .filter((stem) => !annotated.has(stem))
      .map((stem) => join(folder, `${stem}.txt`)),
    folders: await withAnnotations(
      entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name)),
    ),
  };
}

/** Returns those of the folders that hold `.ann` files, in order; one that cannot be read holds none. */
async function withAnnotations(folders: readonly string[]): Promise<string[]> {
  const contents = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  return folders.filter((_, index) => contents[index]?.some((name) => name.endsWith('.ann'))).sort();
}

function documentOf(stem: string): BratDocument {
  return { name: basename(stem), text: `${stem}.txt`, annotations: `${stem}.ann` };
}

/** Finds the path of a document without its endings. */
async function findStem(path: string, from: string | undefined): Promise<string | undefined> {
  if (path.endsWith('.ann')) return path.slice(0, -4);
  const stem = path.replace(/\.txt$/, '');
  if (from === 'brat') return stem;
  if (stem === path) return undefined;
  return (await stat(`${stem}.ann`).catch(() => undefined))?.isFile() ? stem : undefined;
}
