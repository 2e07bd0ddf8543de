import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt } from './writing.js';

/** A folder for files that nobody needs when the process has ended. */
export interface ScratchFolder {
  /**
   * Writes a file, and returns its path.
   *
   * @throws {UserError} if it cannot be written
   */
  write(name: string, content: string | Uint8Array): Promise<string>;
  remove(): void;
}

/** Makes a folder among the temporary files of the system; a process that exits removes it. */
export async function makeScratchFolder(): Promise<ScratchFolder> {
  const path = await attempt(tmpdir(), () => mkdtemp(join(tmpdir(), 'rnn-')));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.on('exit', remove);
  return {
    async write(name, content) {
      const file = join(path, name);
      await attempt(file, () => writeFile(file, content));
      return file;
    },
    remove,
  };
}
