import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { badInput, badUsage } from '../errors.js';
import { reasonOf } from './files.js';

/**
 * The folders below which a program may read and write files that somebody else names. Links that lead out of them are
 * refused, and nothing is told of what is outside.
 */
export class Roots {
  readonly #given: readonly string[];
  /** The folders, free of links. */
  readonly #real: readonly string[];

  private constructor(given: readonly string[], real: readonly string[]) {
    this.#given = given;
    this.#real = real;
  }

  /**
   * @param folders at least one; relative paths of files begin at the first
   * @throws {UserError} if one is no folder, exit code 2
   */
  static async open(folders: readonly string[]): Promise<Roots> {
    const given = folders.map((folder) => resolve(folder));
    const real: string[] = [];
    for (const folder of given) {
      const path = await realpath(folder).catch((error: unknown) => {
        throw badUsage(`${folder} cannot be a root: ${reasonOf(error)}`, 'name a folder that is there');
      });
      if (!(await lstat(path)).isDirectory()) throw badUsage(`${folder} cannot be a root: it is no folder`);
      real.push(path);
    }
    return new Roots(given, real);
  }

  /**
   * Returns the path, free of links, of a file that is to be read.
   *
   * @throws {UserError} if it is outside all roots, not there or no file, exit code 3
   */
  async input(path: string): Promise<string> {
    const place = this.#place(path);
    const real = await this.#realPath(place, path);
    if (real === undefined) throw badInput(`${path}: no such file`);
    if (!(await lstat(real)).isFile()) throw badInput(`${path}: it is no file`);
    return real;
  }

  /**
   * Returns the path, free of links, of a file that is to be written, and that may be there already.
   *
   * @throws {UserError} if it is outside all roots, in a folder that is not there, or no file, exit code 3
   */
  async output(path: string): Promise<string> {
    const place = this.#place(path);
    const folder = await this.#realPath(dirname(place), path);
    if (folder === undefined) throw badInput(`${path}: its folder is not there`);
    const target = join(folder, basename(place));
    const state = await lstat(target).catch(() => undefined);
    // A link may lead anywhere, also to where nothing is yet.
    if (state && !state.isFile()) throw badInput(`${path}: it is no file`);
    return target;
  }

  /** Returns the absolute path. */
  #place(path: string): string {
    if (path === '' || path.includes('\0'))
      throw badInput(`expected the path of a file, found ${JSON.stringify(path)}`);
    const place = resolve(this.#given[0] ?? '', path);
    if (![...this.#given, ...this.#real].some((root) => isBelow(place, root))) throw this.#outside(path);
    return place;
  }

  /** Returns a path free of links; undefined if nothing is there. */
  async #realPath(place: string, path: string): Promise<string | undefined> {
    const real = await realpath(place).catch(() => undefined);
    if (real !== undefined && !this.#real.some((root) => real === root || isBelow(real, root)))
      throw this.#outside(path);
    return real;
  }

  #outside(path: string): Error {
    return badInput(`${path}: it is outside the folders that may be used`, `these are: ${this.#given.join(', ')}`);
  }
}

function isBelow(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
