import { columnsOf } from '../checks/corpus.js';
import { hasRepairableRecords, repairFile, repairRecords } from '../checks/repair.js';
import type { CorpusReading, Format, OnRefusal } from '../formats/format.js';
import { nameOf, readBytes, utf16Of } from '../node/files.js';
import { wholeLines, withoutBadLines } from '../node/lines.js';
import type { BadInputLog } from './bad-input-log.js';

/**
 * Reads a whole file, and repairs in memory what can be repaired for certain. Formats without repairs are read as they
 * are, but for UTF-16.
 *
 * @param findFormat returns the format of the file that begins with some bytes
 * @param log is told of repairs
 * @param onRefusal is told of lines that are no UTF-8 or nothing but NUL bytes, in whose place `REFUSED_LINE` is yielded
 * @throws {UserError} if the file cannot be read; without `onRefusal`, if a line is no UTF-8; exit code 3
 */
export async function* repairedBytes(
  path: string,
  reading: CorpusReading,
  findFormat: (bytes: Buffer) => Format,
  log: BadInputLog,
  onRefusal: OnRefusal | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const name = nameOf(path);
  let bytes = await readBytes(path);
  const wide = utf16Of(bytes);
  if (wide) {
    bytes = Buffer.from(new TextDecoder(wide).decode(bytes));
    log.repair(name, [{ kind: 'utf-16', count: 1, lines: [] }]);
  }
  if (onRefusal) bytes = withoutBadLines(bytes, 0, onRefusal, true);
  const format = findFormat(bytes);
  const columns = columnsOf(format, reading);
  if (columns || hasRepairableRecords(format)) {
    const { text, repairs } = columns
      ? repairFile({ name, bytes }, { ...reading, ...columns })
      : repairRecords({ name, bytes }, format, reading);
    log.repair(name, repairs);
    bytes = Buffer.from(text);
  } else {
    log.noRepair(name, format.name);
    if (onRefusal) bytes = withoutBadLines(bytes, 0, onRefusal);
  }
  if (onRefusal) yield bytes;
  else yield* wholeLines([bytes], name, () => 0);
}
