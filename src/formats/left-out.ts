import { grouped } from '../text/counts.js';
import type { Report } from './format.js';

/** Counts by its name what the reader of a file leaves out on purpose, so that one issue tells of all of it. */
export class LeftOut {
  readonly #counts = new Map<string, number>();
  #first = '';

  /** @param place where it stands, as in messages */
  add(name: string, place: string): void {
    if (this.#counts.size === 0) this.#first = place;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** @param why what is read instead, as in `only spans are read` */
  report(why: string, report: Report): void {
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts].map(([name, count]) => `${name} (${grouped(count)})`).join(', ');
    report({ kind: 'left out', place: this.#first, what: `${why}; left out: ${counts}` });
  }
}
