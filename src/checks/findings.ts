import { type FindingKind, KINDS, type Severity } from './kinds.js';

/** Where something was found, and what. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/** Everything of one kind that was found. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly title: string;
  readonly advice: string;
  /** How often, the places that are not kept included. */
  readonly count: number;
  /** The first places, in the order in which they were found. */
  readonly places: readonly Place[];
}

/** Takes what the checks find. */
export class FindingLog {
  readonly #found = new Map<FindingKind, { count: number; places: Place[] }>();
  readonly #limit: number;

  /** @param limit how many places of a kind are kept; all are counted */
  constructor(limit = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  add(kind: FindingKind, place: Place): void {
    let found = this.#found.get(kind);
    if (!found) {
      found = { count: 0, places: [] };
      this.#found.set(kind, found);
    }
    found.count++;
    if (found.places.length < this.#limit) found.places.push(place);
  }

  /** All findings, the worst first. */
  findings(): Finding[] {
    const kinds = Object.keys(KINDS) as FindingKind[];
    return kinds.flatMap((kind) => {
      const found = this.#found.get(kind);
      return found ? [{ kind, ...KINDS[kind], ...found }] : [];
    });
  }
}
