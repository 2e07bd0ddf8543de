import type { InputRecord } from './record.js';
import type { PartOfDocument } from './sentence.js';

/** A longer document is split, so that an endless one takes no endless memory. */
const MOST_TOKENS = 100_000;

/** Joins the sentences of a document as they come. Sentences before the first mark of a document stay alone. */
export class DocumentGatherer {
  #sentences: (readonly string[])[] = [];
  #document = -1;
  #tokens = 0;

  /** Takes the next sentence, and returns the records that are complete. */
  push({ tokens, document, isOfMarkedDocument }: PartOfDocument): InputRecord[] {
    if (!isOfMarkedDocument) return [tokens];
    const isNext = document !== this.#document || this.#tokens + tokens.length > MOST_TOKENS;
    const complete = isNext ? this.end() : [];
    this.#document = document;
    this.#sentences.push(tokens);
    this.#tokens += tokens.length;
    return complete;
  }

  /** Returns the last document, if there is one. */
  end(): InputRecord[] {
    const sentences = this.#sentences;
    this.#sentences = [];
    this.#tokens = 0;
    return sentences.length > 0 ? [{ kind: 'sentences', sentences }] : [];
  }
}
