import { KINDS } from '../checks/findings.js';
import type { Repair } from '../checks/repair.js';
import type { Refusal, RefusalKind } from '../formats/format.js';
import { grouped } from '../text/counts.js';

/** How many places of each kind are told. */
const FEW = 3;

/** The texts that tell of one refusal, and of several of a kind. */
const TITLES: Readonly<Record<RefusalKind, readonly [string, string]>> = {
  'wrong-columns': [
    'line has a wrong number of columns; its sentence is left out',
    'lines have a wrong number of columns; their sentences are left out',
  ],
  'empty-field': [
    'line has an empty token or tag; its sentence is left out',
    'lines have an empty token or tag; their sentences are left out',
  ],
  'long-line': [
    'line is over 1 MB long; it is left out with its sentence',
    'lines are over 1 MB long; they are left out with their sentences',
  ],
  'broken-record': ['record cannot be read, and is left out', 'records cannot be read, and are left out'],
  'wrong-encoding': [
    'line is not UTF-8; it is left out with its sentence',
    'lines are not UTF-8; they are left out with their sentences',
  ],
  'nul-byte': [
    'line holds a NUL byte; it is left out with its sentence',
    'lines hold a NUL byte; they are left out with their sentences',
  ],
};

interface Group {
  count: number;
  readonly places: string[];
}

/** Gathers what was left out of corpora because it cannot be read, and what was repaired: counts, and a few places each. */
export class BadInputLog {
  readonly #refusals = new Map<RefusalKind, Group>();
  readonly #repairs: string[] = [];

  /** @param source name of the file in messages */
  refuse(source: string, { kind, line, what }: Refusal): void {
    const group = this.#refusals.get(kind) ?? { count: 0, places: [] };
    this.#refusals.set(kind, group);
    group.count++;
    if (group.places.length < FEW) group.places.push(`${source}:${line}: ${what}`);
  }

  /** @param source name of the file in messages */
  repair(source: string, repairs: readonly Repair[]): void {
    for (const { kind, count, lines } of repairs) {
      const places = `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}${count > lines.length ? ' ...' : ''}`;
      const where = lines.length === 0 ? '' : `, ${places}`;
      this.#repairs.push(`${source}: repaired ${kind} (${grouped(count)}): ${KINDS[kind].title}${where}`);
    }
  }

  /** Says that a file is in a format that nothing can be repaired in. */
  noRepair(source: string, format: string): void {
    this.#repairs.push(`${source}: --repair mends columns and JSON lines of texts; ${format} is read as it is`);
  }

  /** Returns a line for each kind of repair in a file. */
  repairs(): readonly string[] {
    return this.#repairs;
  }

  /** Returns a line for each kind of refusal, followed by a line for each place that is told; nothing if all was read. */
  refusals(): string[] {
    return [...this.#refusals].flatMap(([kind, { count, places }]) => {
      const [one, many] = TITLES[kind];
      const more = count > places.length ? ' The first are:' : '';
      return [`warning: ${grouped(count)} ${count === 1 ? one : many}.${more}`, ...places.map((place) => `  ${place}`)];
    });
  }
}
