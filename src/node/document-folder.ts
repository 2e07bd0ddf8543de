import { rmSync } from 'node:fs';
import { mkdir, rename, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt, createSynced, removeLeftovers, syncFolder } from './writing.js';

/** A folder of brat's documents, which stand in their places only when all of them are whole. */
export interface DocumentFolder {
  /** @throws {UserError} if the document cannot be written */
  write(name: string, text: string, annotations: string): Promise<void>;
  /**
   * Puts all documents in their places, each text before its annotations.
   *
   * @throws {UserError} if that cannot be done
   */
  finish(): Promise<void>;
  /** Gives up what is not in its place, and leaves all else in the folder as it was. */
  discard(): Promise<void>;
}

/**
 * Opens a folder for documents of brat, and makes it if it is missing. Until all documents are whole they are temporary
 * files beside their places, which a process that exits removes; what killed processes left of theirs is removed here.
 *
 * @throws {UserError} if the folder cannot be made or written
 */
export async function openDocumentFolder(folder: string): Promise<DocumentFolder> {
  const made = await attempt(folder, () => mkdir(folder, { recursive: true }));
  await removeLeftovers(folder, (name) => /\.(?:txt|ann)$/.test(name));
  const suffix = `.${process.pid}.tmp`;
  const places: string[] = [];
  const leaveNothing = (): void => {
    for (const place of places) rmSync(place + suffix, { force: true });
  };
  process.once('exit', leaveNothing);
  return {
    async write(name, text, annotations) {
      for (const [ending, content] of [
        ['txt', text],
        ['ann', annotations],
      ] as const) {
        const place = join(folder, `${name}.${ending}`);
        places.push(place);
        const found = await stat(place).catch(() => undefined);
        await attempt(place, () => createSynced(place + suffix, content, found?.mode));
      }
    },
    async finish() {
      for (const place of places) await attempt(place, () => rename(place + suffix, place));
      process.off('exit', leaveNothing);
      await syncFolder(folder);
    },
    async discard() {
      leaveNothing();
      process.off('exit', leaveNothing);
      if (made !== undefined) await rmdir(folder).catch(() => undefined);
    },
  };
}
