import {
  appendFileSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { attempt } from './writing.js';

/** Reading and writing for the owner, nothing for others. */
const OWNER_ALONE = 0o600;

const { O_WRONLY, O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW = 0 } = constants;

/**
 * The file that tells which names were replaced. It grows with the results, and each piece is written before the call returns, so
 * that it holds the names of all results however the process ends. It is opened when it gets its first piece, even an empty
 * one; a file that was there is then kept beside it as `.bak`. A pipe or a device is written as it is.
 */
export class NameMap {
  readonly #path: string;
  readonly #onKept: (kept: string) => void;
  #file: number | undefined;
  #putBack: () => void = () => {};

  /** @param onKept is told the name under which a file that was there is kept */
  constructor(path: string, onKept: (kept: string) => void) {
    this.#path = path;
    this.#onKept = onKept;
  }

  /**
   * Adds lines.
   *
   * @throws {UserError} if they cannot be written
   */
  add(lines: string): Promise<void> {
    return this.#attempt(() => {
      this.#file ??= this.#open();
      appendFileSync(this.#file, lines);
    });
  }

  /** Flushes the file to the disk and closes it. */
  close(): Promise<void> {
    return this.#attempt(() => {
      if (this.#file === undefined) return;
      if (statSync(this.#path).isFile()) fsyncSync(this.#file);
      this.#closeFile();
    });
  }

  /** Removes the file, and puts what was there back in its place. */
  giveUp(): Promise<void> {
    return this.#attempt(() => {
      this.#closeFile();
      this.#putBack();
    });
  }

  #open(): number {
    const found = statSync(this.#path, { throwIfNoEntry: false });
    if (found && !found.isFile()) return openSync(this.#path, 'w');
    const isLink = found !== undefined && lstatSync(this.#path).isSymbolicLink();
    const target = isLink ? realpathSync(this.#path) : this.#path;
    const kept = `${target}.bak`;
    if (found) renameSync(target, kept);
    this.#putBack = () => (found ? renameSync(kept, target) : rmSync(target, { force: true }));
    if (found) this.#onKept(kept);
    return openSync(target, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW, OWNER_ALONE);
  }

  #closeFile(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /** Does the work at once, also where a process that exits does not wait for the promise. */
  #attempt(work: () => void): Promise<void> {
    return attempt(this.#path, async () => work(), '--map');
  }
}
