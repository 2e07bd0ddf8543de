import { numbersOf } from './cut-tokens.js';
import { countPageBreaks } from './pages.js';
import type { DocumentPiece, InputRecord } from './record.js';
import type { PartOfDocument } from './sentence.js';
import { cutLines, mayBeWrapped, sentenceBreaks } from './sentence-breaks.js';
import type { Tokenizer } from './tokenizer.js';

/** The length, in UTF-16 units, at which a stretch without a certain end of a sentence is cut. */
const LONGEST_STRETCH = 65_536;

/**
 * Cuts a document into pieces of whole sentences as it arrives, so that only a stretch of it is in memory. It cuts after lines
 * that certainly end a sentence, and a stretch that is too long before the last sentence that begins in it, or at its last
 * white space if none does. The sentences do not depend on the parts in which the document arrives.
 */
export class DocumentCutter {
  readonly #cut: Tokenizer;
  readonly #document: string | undefined;
  /** The text that is not in a piece yet, and where it begins in the document. */
  #rest = '';
  #start = 0;
  /** Offsets in the rest: the beginning of the stretch that has not ended, and of its last line. */
  #stretch = 0;
  #line = 0;
  #endsLine = true;
  /** The page on which the rest begins; undefined for a document without pages. */
  #page: number | undefined;

  /**
   * @param document the document's name, if there are several
   * @param hasPages whether `PAGE_BREAK` divides pages
   */
  constructor(cut: Tokenizer, document?: string, hasPages = false) {
    this.#cut = cut;
    this.#document = document;
    this.#page = hasPages ? 1 : undefined;
  }

  /** Takes the next part of the document, and returns the pieces that are complete. */
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

  /** Returns the rest. A document that does not end with a line feed gets one. */
  end(): DocumentPiece[] {
    const pieces: DocumentPiece[] = [];
    if (this.#rest !== '') {
      this.#stretch = this.#rest.length;
      pieces.push(this.#take());
    }
    if (!this.#endsLine) pieces.push({ kind: 'piece', text: '\n', start: this.#start });
    return pieces;
  }

  /** Takes all text before the stretch as a piece. */
  #take(): DocumentPiece {
    const text = this.#rest.slice(0, this.#stretch);
    const start = this.#start;
    const page = this.#page;
    if (page !== undefined) this.#page = page + countPageBreaks(text);
    this.#rest = this.#rest.slice(this.#stretch);
    this.#start += text.length;
    this.#line = Math.max(0, this.#line - this.#stretch);
    this.#stretch = 0;
    return {
      kind: 'piece',
      ...{ text, start },
      ...(this.#document !== undefined && { document: this.#document }),
      ...(page !== undefined && { page }),
    };
  }

  /** Returns how much of a stretch that is too long is taken. */
  #lengthOfCut(stretch: string): number {
    const tokens = cutLines(stretch, this.#cut);
    const first = tokens[sentenceBreaks(stretch, numbersOf(tokens), false).at(-1) ?? tokens.length];
    if (first) return first.start;
    const space = stretch.search(/\s\S*$/u);
    if (space > 0) return space;
    return /[\ud800-\udbff]$/.test(stretch) ? stretch.length - 1 : stretch.length;
  }
}

/** The length at which a document is divided, so that an endless one does not need endless memory. */
const MOST_TOKENS = 100_000;

/** Gathers the sentences of each document; those before the first mark of a document stay single. */
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

  /** Returns the last document. */
  end(): InputRecord[] {
    const sentences = this.#sentences;
    this.#sentences = [];
    this.#tokens = 0;
    return sentences.length > 0 ? [{ kind: 'sentences', sentences }] : [];
  }
}
