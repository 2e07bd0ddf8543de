import { badInput } from '../errors.js';
import { FindingLog } from './findings.js';
import type { FindingKind } from './kinds.js';
import { linesOf, type RawFile } from './lines.js';

/** How often one kind of mistake was repaired. */
export interface Repair {
  readonly kind: FindingKind;
  readonly count: number;
}

export interface RepairedFile {
  /** The whole file, every line of which ends with LF. */
  readonly text: string;
  readonly repairs: readonly Repair[];
}

/** Counts repairs by kind. */
export class RepairLog {
  readonly #counts = new Map<FindingKind, number>();

  count(kind: FindingKind, times = 1): void {
    if (times > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  repairs(): Repair[] {
    return [...this.#counts].map(([kind, count]) => ({ kind, count }));
  }
}

/**
 * Returns the lines of a file, with UTF-16, line ends and NUL bytes repaired.
 *
 * @throws {UserError} if a line is not UTF-8, since other bytes can be read in many ways
 */
export function decodeForRepair(file: RawFile, repairs: RepairLog): string[] {
  const log = new FindingLog();
  const lines = linesOf(file, log);
  for (const { kind, count, files } of log.findings()) {
    const place = files[0]?.places[0];
    if (kind === 'wrong-encoding' && place)
      throw badInput(
        `${file.name}:${place.line}: cannot be repaired: expected UTF-8, found other bytes (${place.what})`,
        'convert it with iconv first',
      );
    if (kind !== 'nul-byte') repairs.count(kind, count);
  }
  return lines.map((line) => {
    const text = line.replaceAll('\0', '');
    if (text === line || text.trim() === '') return line;
    repairs.count('nul-byte');
    return text;
  });
}
