import type { DocumentPiece } from './record.js';
import { cutLines, mayBeWrapped, sentenceBreaks } from './sentence-breaks.js';
import type { Tokenizer } from './tokenizer.js';

/** The length, in UTF-16 units, at which a stretch without a certain end of a sentence is cut. */
const LONGEST_STRETCH = 65_536;

/**
 * Cuts a document, as it comes, into pieces of whole sentences, so that only a stretch of it is held in memory. It cuts
 * after lines that certainly end a sentence. A stretch that gets too long is cut before the last sentence that begins in
 * it, or at its last white space. The sentences do not depend on how the document comes.
 */
export class DocumentCutter {
  readonly #cut: Tokenizer;
  readonly #document: string | undefined;
  /** The text that has not been returned yet, and the offset in the document where it begins. */
  #rest = '';
  #start = 0;
  /** Offsets in the rest: where the stretch that has not ended begins, and where its last line does. */
  #stretch = 0;
  #line = 0;
  #endsLine = true;

  /** @param document the document's name, if there are several documents */
  constructor(cut: Tokenizer, document?: string) {
    this.#cut = cut;
    this.#document = document;
  }

  /** Takes the next part of the document, and returns the pieces that it completes. */
  push(text: string): DocumentPiece[] {
    if (text !== '') this.#endsLine = text.endsWith('\n');
    this.#rest += text;
    const pieces: DocumentPiece[] = [];
    for (;;) {
      const feed = this.#rest.indexOf('\n', this.#line);
      const end = feed < 0 ? this.#rest.length : feed;
      if (end - this.#stretch >= LONGEST_STRETCH) {
        this.#stretch += this.#lengthOfCut(this.#rest.slice(this.#stretch, this.#stretch + LONGEST_STRETCH));
        pieces.push(this.#take());
        continue;
      }
      if (feed < 0) break;
      const isCertain = !mayBeWrapped(feed - this.#line);
      this.#line = feed + 1;
      if (isCertain) this.#stretch = this.#line;
    }
    if (this.#stretch > 0) pieces.push(this.#take());
    return pieces;
  }

  /** Returns what is left, and adds a line feed to a document that does not end with one. */
  end(): DocumentPiece[] {
    const pieces: DocumentPiece[] = [];
    if (this.#rest !== '') {
      this.#stretch = this.#rest.length;
      pieces.push(this.#take());
    }
    if (!this.#endsLine) pieces.push({ kind: 'piece', text: '\n', start: this.#start });
    return pieces;
  }

  /** Takes the rest up to the stretch. */
  #take(): DocumentPiece {
    const text = this.#rest.slice(0, this.#stretch);
    const start = this.#start;
    this.#rest = this.#rest.slice(this.#stretch);
    this.#start += text.length;
    this.#line = Math.max(0, this.#line - this.#stretch);
    this.#stretch = 0;
    return { kind: 'piece', text, start, ...(this.#document !== undefined && { document: this.#document }) };
  }

  #lengthOfCut(stretch: string): number {
    const tokens = cutLines(stretch, this.#cut);
    const last = sentenceBreaks(stretch, tokens, false).at(-1);
    if (last !== undefined) return (tokens[last] as { start: number }).start;
    const space = stretch.search(/\s\S*$/u);
    if (space > 0) return space;
    return /[\ud800-\udbff]$/.test(stretch) ? stretch.length - 1 : stretch.length;
  }
}
