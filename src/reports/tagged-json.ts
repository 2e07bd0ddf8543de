import { roundConfidence } from '../model/decode.js';
import type { Language } from '../model/language.js';
import type { Lexicon } from '../model/lexicon.js';
import { sentenceOf, type TaggedText } from '../model/tagger.js';
import { at, integerAt } from '../numerics/at.js';
import { wordAt } from '../text/cut-tokens.js';
import { type DocumentGap, type FailedRecord, hasTokens } from '../text/record.js';
import { ByteWriter } from './byte-writer.js';
import { createTaggedWriter } from './tagged.js';

/** A tagged text, a record that could not be read, or the text between sentences of a document. */
export type TaggedPart = TaggedText | FailedRecord | DocumentGap;

const END = new TextEncoder().encode(',"end":');

/** Stands where the beginning of a piece would, if the piece has not been added. */
const NO_PIECE = 0;

/**
 * Writes the lines that `createTaggedWriter` writes for `jsonl`, byte for byte, but without an object or a string for each
 * token: the bytes of a word and of a tag are made once.
 */
export class JsonLinesWriter {
  readonly #language: Language;
  readonly #writeObject: ReturnType<typeof createTaggedWriter>['write'];
  readonly #out = new ByteWriter();
  #words = new Pieces();
  #lexicon: Lexicon | undefined;
  readonly #tags = new Pieces();
  /** The number of each tag among `#tags`. */
  readonly #numbers = new Map<string, number>();

  constructor(language: Language) {
    this.#language = language;
    this.#writeObject = createTaggedWriter('jsonl', language).write;
  }

  /**
   * Writes a line for each text and for each record that could not be read.
   *
   * @param lexicon the one that numbers the words of the texts
   */
  write(parts: readonly TaggedPart[], lexicon: Lexicon): Uint8Array<ArrayBuffer> {
    if (lexicon !== this.#lexicon) this.#words = new Pieces();
    this.#lexicon = lexicon;
    this.#out.clear(); // of what an error left
    for (const part of parts) {
      if (!hasTokens(part)) this.#out.writeText(this.#writeObject(part));
      else if (part.alternatives) this.#out.writeText(this.#writeObject(sentenceOf(part, this.#language.scheme)));
      else this.#writeLine(part);
    }
    return this.#out.take();
  }

  #writeLine(tagged: TaggedText): void {
    const { text, place, fields = '', words } = tagged;
    const document = place?.document === undefined ? '' : `"document":${JSON.stringify(place.document)},`;
    const page = place?.page === undefined ? '' : `"page":${place.page},`;
    const shift = place?.start ?? 0;
    const range = place ? `,"start":${shift},"end":${shift + text.length}` : '';
    this.#out.writeText(`{${fields}${document}${page}"text":${JSON.stringify(text)}${range},"tokens":[`);
    for (let t = 0; t < words.length; t++) this.#writeToken(tagged, t, shift);
    this.#out.writeText(`],"spans":[${spansOf(tagged, shift)}]}\n`);
  }

  /** @param shift is added to offsets */
  #writeToken(tagged: TaggedText, t: number, shift: number): void {
    const { offsets, words, tags } = tagged;
    const out = this.#out;
    const word = integerAt(words, t);
    if (!this.#words.has(word))
      this.#words.add(word, `,{"text":${JSON.stringify(wordAt(tagged.text, tagged, t))},"start":`);
    this.#words.write(word, out, t === 0 ? 1 : 0);
    out.writeNumber(integerAt(offsets, 2 * t) + shift);
    out.write(END, 0, END.length);
    out.writeNumber(integerAt(offsets, 2 * t + 1) + shift);
    this.#tags.write(this.#numberOf(at(tags, t)), out, 0);
  }

  #numberOf(tag: string): number {
    const known = this.#numbers.get(tag);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(tag, number);
    this.#tags.add(number, `,"tag":${JSON.stringify(tag)}}`);
    return number;
  }
}

/** Returns the spans of a text as JSON, separated by commas. */
function spansOf({ text, offsets, spans }: TaggedText, shift: number): string {
  let json = '';
  for (const { label, start, end, confidence } of spans) {
    const [from, to] = [integerAt(offsets, 2 * start), integerAt(offsets, 2 * end - 1)];
    const range = `"start":${from + shift},"end":${to + shift}`;
    const told = confidence === undefined ? '' : `,"confidence":${roundConfidence(confidence)}`;
    const comma = json === '' ? '' : ',';
    json += `${comma}{"label":${JSON.stringify(label)},${range},"text":${JSON.stringify(text.slice(from, to))}${told}}`;
  }
  return json;
}

/** Numbered pieces of bytes that are written again and again. */
class Pieces {
  readonly #bytes = new ByteWriter();
  /** Where each piece begins + 1 and ends among the bytes; `NO_PIECE` if it is not there. */
  #ranges = new Int32Array(2048);

  has(number: number): boolean {
    return (this.#ranges[2 * number] ?? NO_PIECE) !== NO_PIECE;
  }

  add(number: number, text: string): void {
    if (2 * number >= this.#ranges.length) {
      const longer = new Int32Array(4 * number);
      longer.set(this.#ranges);
      this.#ranges = longer;
    }
    this.#ranges[2 * number] = this.#bytes.length + 1;
    this.#bytes.writeText(text);
    this.#ranges[2 * number + 1] = this.#bytes.length;
  }

  /** Writes a piece, but for the first bytes that are left out. */
  write(number: number, out: ByteWriter, leftOut: number): void {
    const start = integerAt(this.#ranges, 2 * number) - 1;
    out.write(this.#bytes.bytes, start + leftOut, integerAt(this.#ranges, 2 * number + 1));
  }
}
