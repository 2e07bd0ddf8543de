import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
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
  /** The paths of the folders in the folder, at any depth, that hold `.ann` files, which are not read. */
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
    folders: await annotatedFolders(folder, entries),
  };
}

/**
 * Returns the folders in a folder, at any depth, that hold `.ann` files, each by one path; one that cannot be read holds none. Of a folder
 * that is there by a symbolic link, which may lead anywhere, its own files are looked at, not the folders in it.
 */
async function annotatedFolders(folder: string, entries: readonly Dirent[]): Promise<string[]> {
  const found: string[] = [];
  const linked: string[] = [];
  const visit = async (parent: string, children: readonly Dirent[]): Promise<void> => {
    for (const child of children) {
      if (!child.isDirectory() && !child.isSymbolicLink()) continue;
      const path = join(parent, child.name);
      const inner = await readdir(path, { withFileTypes: true }).catch(() => []);
      if (inner.some(({ name }) => name.endsWith('.ann'))) (child.isDirectory() ? found : linked).push(path);
      if (child.isDirectory()) await visit(path, inner);
    }
  };
  await visit(folder, entries);
  if (linked.length === 0) return found.sort();
  const known = new Set(await Promise.all([folder, ...found].map((path) => realpath(path))));
  for (const path of linked.sort()) {
    const target = await realpath(path);
    if (!known.has(target)) found.push(path);
    known.add(target);
  }
  return found.sort();
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
