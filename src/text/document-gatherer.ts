import type { InputRecord } from './record.js';
import type { PartOfDocument } from './sentence.js';

/** A longer document is several, so that an endless one takes no endless memory. */
const MOST_TOKENS = 100_000;

/** Puts the sentences of a document together as they come; those before the first mark of a document go on alone. */
export class DocumentGatherer {
  #sentences: (readonly string[])[] = [];
  #document = -1;
  #tokens = 0;

  /**
   * Takes the next sentence.
   *
   * @returns what is complete
   */
  push({ tokens, document, isOfMarkedDocument }: PartOfDocument): InputRecord[] {
    if (!isOfMarkedDocument) return [tokens];
    const isNext = document !== this.#document || this.#tokens + tokens.length > MOST_TOKENS;
    const complete = isNext ? this.end() : [];
    this.#document = document;
    this.#sentences.push(tokens);
    this.#tokens += tokens.length;
    return complete;
  }

  end(): InputRecord[] {
    const sentences = this.#sentences;
    this.#sentences = [];
    this.#tokens = 0;
    return sentences.length > 0 ? [{ kind: 'sentences', sentences }] : [];
  }
}
