import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { badUsage } from '../errors.js';
import { decodeText, nameOf } from './files.js';
import { attempt, syncFolder } from './writing.js';

/** A file of lines that grows and never loses a line that was added. */
export interface LineFile {
  /** The text of the file when it was opened, whole lines. */
  readonly text: string;
  /** The end of the file that a stop had cut short, which was removed; empty if there was none. */
  readonly cutOff: string;
  /**
   * Adds whole lines, and returns when they are on the disk.
   *
   * @throws {UserError} if they cannot be written; then the file is as it was
   */
  append(lines: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a file of lines, or makes it. If its last line has no end, because a stop cut it short, the line is removed; a last line
 * that `isWhole` gets its end.
 *
 * @param isWhole tells whether a line without an end is complete
 * @throws {UserError} if the file cannot be read or written, or is a pipe or a device
 */
export async function openLineFile(path: string, isWhole: (line: string) => boolean): Promise<LineFile> {
  const file = await attempt(path, () => open(path, 'a+'));
  try {
    if (!(await file.stat()).isFile())
      throw badUsage(`${path} is no regular file, to which lines can be added`, 'name another file with -o');
    const bytes = await attempt(path, () => file.readFile());
    const end = bytes.lastIndexOf(0x0a) + 1;
    const rest = bytes.subarray(end).toString('utf8');
    const keeps = rest.trim() !== '' && isWhole(rest);
    const text = decodeText(keeps ? bytes : bytes.subarray(0, end), nameOf(path)) + (keeps ? '\n' : '');
    if (keeps) await attempt(path, () => file.appendFile('\n'));
    else if (rest !== '') await attempt(path, () => file.truncate(end));
    await attempt(path, () => file.sync());
    await syncFolder(dirname(path)); // makes a new file last
    let size = (await file.stat()).size;
    let last: Promise<void> = Promise.resolve();
    const write = async (lines: string): Promise<void> => {
      try {
        await file.appendFile(lines);
        await file.datasync();
        size += Buffer.byteLength(lines);
      } catch (error) {
        await file.truncate(size).catch(() => undefined);
        throw error;
      }
    };
    return {
      text,
      cutOff: keeps ? '' : rest,
      append(lines) {
        const own = last.then(() => attempt(path, () => write(lines)));
        last = own.catch(() => undefined);
        return own;
      },
      async close() {
        await last;
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
