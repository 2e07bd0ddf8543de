import { type FindingKind, KINDS, type Severity } from './kinds.js';
import { showUnseen } from './unseen.js';

/** A place, and what was found there. */
export interface Place {
  readonly file: string;
  /** Line number, from 1. */
  readonly line: number;
  readonly what: string;
}

/** The findings of one kind in one file. */
export interface FileFindings {
  readonly file: string;
  /** Number of findings, including places that are not kept. */
  readonly count: number;
  /** The first places, in the order of lines. */
  readonly places: readonly Place[];
}

/** All findings of one kind. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly title: string;
  readonly advice: string;
  readonly count: number;
  readonly files: readonly FileFindings[];
}

/** Collects what the checks find. */
export class FindingLog {
  readonly #found = new Map<FindingKind, Map<string, Place[]>>();

  add(kind: FindingKind, place: Place): void {
    const files = this.#found.get(kind) ?? new Map<string, Place[]>();
    const places = files.get(place.file) ?? [];
    places.push({ ...place, what: showUnseen(place.what) });
    this.#found.set(kind, files.set(place.file, places));
  }

  /**
   * Returns all findings, the most severe first.
   *
   * @param limit how many places of each kind are returned per file; all are counted
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

/** Tells whether a finding is certainly a mistake. */
export function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** Refers to a place from a file: by its line alone if it is in the same file. */
export function referTo({ file, line }: Omit<Place, 'what'>, from: string): string {
  return file === from ? `line ${line}` : `${file}:${line}`;
}
