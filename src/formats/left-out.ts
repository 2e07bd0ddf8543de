import { grouped } from '../text/counts.js';
import type { Report } from './format.js';
import { isObject, type JsonObject } from './json-fields.js';

/** Counts by its name what the reader of a file leaves out on purpose, so that one issue tells of all of it. */
export class LeftOut {
  readonly #counts = new Map<string, number>();
  #first = '';

  /** @param place where it stands, as in messages */
  add(name: string, place: string): void {
    if (this.#counts.size === 0) this.#first = place;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /**
   * Counts the fields of a record that hold something, but for those that are read.
   *
   * @param suffix what follows the name of a field, as in ` of "data"`
   */
  addFields(record: JsonObject, areRead: ReadonlySet<string>, place: string, suffix = ''): void {
    for (const [name, value] of Object.entries(record))
      if (!areRead.has(name) && hasContent(value)) this.add(`${JSON.stringify(name)}${suffix}`, place);
  }

  /** @param why what is read instead, as in `only spans are read` */
  report(why: string, report: Report): void {
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts].map(([name, count]) => `${name} (${grouped(count)})`).join(', ');
    report({ kind: 'left out', place: this.#first, what: `${why}; left out: ${counts}` });
  }
}

/** The text that tells of a file whose records have more fields than conversion keeps. */
export const WHY_FIELDS = 'texts, tokens and spans are converted, and ids where the format holds them';

function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isObject(value)) return Object.keys(value).length > 0;
  return value !== null && value !== '';
}
