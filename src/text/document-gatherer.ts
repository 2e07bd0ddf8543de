import type { InputRecord } from './record.js';
import type { PartOfDocument } from './sentence.js';

/** The length at which a document is divided, so that an endless one does not need endless memory. */
const MOST_TOKENS = 100_000;

/** Gathers the sentences of each document; those before the first mark of a document stay single. */
export class DocumentGatherer {
  #sentences: (readonly string[])[] = [];
  #document = -1;
  #tokens = 0;

  /**
   * Takes the next sentence.
   *
   * @returns the records that are complete
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

  /** Returns the last document. */
  end(): InputRecord[] {
    const sentences = this.#sentences;
    this.#sentences = [];
    this.#tokens = 0;
    return sentences.length > 0 ? [{ kind: 'sentences', sentences }] : [];
  }
}
