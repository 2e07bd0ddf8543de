import { type FindingKind, KINDS, type Severity } from './kinds.js';
import { showUnseen } from './unseen.js';

/** Where something was found, and what. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/** What was found of one kind in one file. */
export interface FileFindings {
  readonly file: string;
  /** How often, the places that are not kept included. */
  readonly count: number;
  /** The first places, in order of lines. */
  readonly places: readonly Place[];
}

/** Everything of one kind that was found. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly title: string;
  readonly advice: string;
  readonly count: number;
  readonly files: readonly FileFindings[];
}

/** Takes what the checks find. */
export class FindingLog {
  readonly #found = new Map<FindingKind, Map<string, Place[]>>();

  add(kind: FindingKind, place: Place): void {
    const files = this.#found.get(kind) ?? new Map<string, Place[]>();
    const places = files.get(place.file) ?? [];
    places.push({ ...place, what: showUnseen(place.what) });
    this.#found.set(kind, files.set(place.file, places));
  }

  /**
   * All findings, the worst first.
   *
   * @param limit how many places of a kind are kept of each file; all are counted
   */
  findings(limit = Number.POSITIVE_INFINITY): Finding[] {
    const kinds = Object.keys(KINDS) as FindingKind[];
    return kinds.flatMap((kind) => {
      const found = this.#found.get(kind);
      if (!found) return [];
      const files = [...found].map(([file, places]) => ({
        file,
        count: places.length,
        places: [...places].sort((a, b) => a.line - b.line).slice(0, limit),
      }));
      return [{ kind, ...KINDS[kind], count: files.reduce((sum, { count }) => sum + count, 0), files }];
    });
  }
}

/** Whether a finding is certainly a mistake. */
export function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** A place as another place tells of it: by its line where both are in one file. */
export function referTo({ file, line }: Omit<Place, 'what'>, from: string): string {
  return file === from ? `line ${line}` : `${file}:${line}`;
}
