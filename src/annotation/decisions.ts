import type { AnnotationRecord } from './record.js';
import type { SentenceId } from './sentence.js';

/** The decisions of a file: the last one of each sentence, and how to take them back one by one. */
export class Decisions {
  readonly #latest = new Map<SentenceId, AnnotationRecord>();
  /** Each decision that can be taken back, the last one at the end, with the one that it replaced. */
  readonly #history: { readonly id: SentenceId; readonly before: AnnotationRecord | undefined }[] = [];

  /** @param records those of the file, in its order */
  constructor(records: Iterable<AnnotationRecord> = []) {
    for (const record of records) {
      const before = this.#history.findLastIndex(({ id }) => id === record.id);
      // An undone decision takes the one that it undid out of the history.
      if (record.isUndone && before >= 0) {
        this.#history.splice(before, 1);
        this.#set(record);
      } else this.add(record);
    }
  }

  add(record: AnnotationRecord): void {
    this.#history.push({ id: record.id, before: this.find(record.id) });
    this.#set(record);
  }

  /** Returns the last record of a sentence, one that takes a decision back included. */
  latest(id: SentenceId): AnnotationRecord | undefined {
    return this.#latest.get(id);
  }

  /** Returns the decision about a sentence; undefined if there is none, or it was taken back. */
  find(id: SentenceId): AnnotationRecord | undefined {
    const found = this.latest(id);
    return found?.isUndone ? undefined : found;
  }

  /** Returns the decisions that count, the one that was made last at the end. */
  all(): AnnotationRecord[] {
    return [...this.#latest.values()].filter(({ isUndone }) => !isUndone);
  }

  /** Returns the decision that would be taken back next, and the record that takes it back; undefined if there is none. */
  lastUndo(): { readonly undone: AnnotationRecord; readonly record: AnnotationRecord } | undefined {
    const last = this.#history.at(-1);
    const undone = last && this.#latest.get(last.id);
    if (!last || !undone) return undefined;
    return { undone, record: last.before ?? { ...undone, answer: 'skip', isUndone: true } };
  }

  /** Takes the last decision back, as `lastUndo` says. */
  undo(): void {
    const undo = this.lastUndo();
    if (!undo) return;
    this.#history.pop();
    this.#set(undo.record);
  }

  #set(record: AnnotationRecord): void {
    this.#latest.delete(record.id); // so that it moves to the end
    this.#latest.set(record.id, record);
  }
}
