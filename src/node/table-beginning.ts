/** What separates the cells of a table: commas or tabs. */
export type TableFormat = 'csv' | 'tsv';

/** What the beginning of a table says about the rest. */
export interface TableShape {
  /** The text that has come, without a byte-order mark; a line `sep=` is empty in it. */
  readonly text: string;
  /** Some old programs end lines with a carriage return alone. */
  readonly lineEnd: '\n' | '\r';
  readonly delimiter: string;
}

/** Matches the line with which a table for Excel names what separates its cells, behind empty lines. */
const SEPARATOR_LINE = /^([\r\n]*)"?sep=([^\w\s"]|\t)"?(?=[\r\n]|$)/i;

/**
 * Finds out how lines end in a table and what separates its cells. The first line end outside of quotes decides the one, the first
 * line that is not empty the other: it has semicolons and no comma outside of quotes, or names the separator, as in `sep=;`.
 */
export class TableBeginning {
  readonly #format: TableFormat;
  readonly #longest: number;
  #text = '';
  #hasBegun = false;
  #length = 0;
  #lineEnd: '\n' | '\r' | undefined;
  #isInQuotes = false;
  /** Whether a quote that comes next begins a cell, or is the second of two. */
  #opensQuotes = true;
  #isBehindReturn = false;
  /** Whether the line is not empty, and what stands in it outside of quotes. */
  #hasText = false;
  #hasComma = false;
  #hasSemicolon = false;
  #isKnown = false;

  /** @param longest how many UTF-16 units are looked at */
  constructor(format: TableFormat, longest: number) {
    this.#format = format;
    this.#longest = longest;
  }

  /** Takes the next part of the text, and returns whether it is known how the table is written. */
  push(text: string): boolean {
    const part = this.#hasBegun ? text : text.replace(/^\uFEFF/, '');
    this.#hasBegun ||= text !== '';
    this.#text += part;
    for (let index = 0; index < part.length && !this.#isKnown; index++) {
      this.#take(part.charAt(index));
      this.#isKnown ||= ++this.#length >= this.#longest;
    }
    return this.#isKnown;
  }

  /** Returns how the table is written, as far as its text says. */
  shape(): TableShape {
    const separator = SEPARATOR_LINE.exec(this.#text)?.[2];
    const usual = this.#format === 'tsv' ? '\t' : this.#hasSemicolon && !this.#hasComma ? ';' : ',';
    return {
      text: this.#text.replace(SEPARATOR_LINE, '$1'),
      lineEnd: this.#lineEnd ?? this.#likelyLineEnd(),
      delimiter: separator ?? usual,
    };
  }

  /** Returns the line end of a text of which the first line does not end, or in quotes that nothing closes. */
  #likelyLineEnd(): '\n' | '\r' {
    const text = this.#text.slice(0, this.#longest);
    return text.includes('\r') && !text.includes('\n') ? '\r' : '\n';
  }

  #take(character: string): void {
    if (this.#isInQuotes) this.#isInQuotes = character !== '"';
    else if (character === '\r' && !this.#isBehindReturn) this.#isBehindReturn = true;
    else if (character === '\n' && this.#lineEnd !== '\r') this.#endLine('\n');
    else if (character !== '\r' || this.#lineEnd === '\r') {
      if (this.#isBehindReturn && this.#lineEnd !== '\n') this.#endLine('\r');
      if (!this.#isKnown) this.#takeInLine(character);
    }
  }

  #endLine(lineEnd: '\n' | '\r'): void {
    this.#lineEnd ??= lineEnd;
    this.#isBehindReturn = false;
    this.#isKnown = this.#hasText;
    this.#opensQuotes = true;
  }

  #takeInLine(character: string): void {
    this.#hasText = true;
    this.#isBehindReturn = false;
    this.#isInQuotes = character === '"' && this.#opensQuotes;
    this.#hasComma ||= character === ',';
    this.#hasSemicolon ||= character === ';';
    const separators = this.#format === 'tsv' ? '\t' : ',;';
    this.#opensQuotes = this.#isInQuotes || separators.includes(character);
  }
}
