import { badUsage } from '../errors.js';
import type { Prediction } from '../model/decode.js';
import type { Language } from '../model/language.js';
import type { ModelForTagging } from '../model/model.js';
import { createTagger, sentenceOf, type TaggedText, type Tagger, tokenizerOf } from '../model/tagger.js';
import type { TaggedRecord } from '../reports/tagged.js';
import { JsonLinesWriter, type TaggedPart } from '../reports/tagged-json.js';
import { cutterOf } from '../text/cut-tokens.js';
import { type DocumentSentences, hasTokens, type InputRecord, type TokenizedText } from '../text/record.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { NO_DOCUMENT } from '../text/sentence.js';
import { readRecord, splitAtSpaces } from '../text/sentence-breaks.js';
import type { Tokenizer } from '../text/tokenizer.js';

/** The choices that users have about the results of tagging. */
export interface TaggingOptions {
  /** From 0 to 1. Less probable spans are left out, and their tokens are outside. Only for tags that mark spans. */
  readonly minConfidence?: number | undefined;
  /** The number of `alternatives` that each sentence gets: the most probable ways to tag it. The default is 0. */
  readonly top?: number | undefined;
}

/** How records are tagged. */
export interface RecordOptions extends TaggingOptions {
  /** Whether spans get a confidence. */
  readonly confidence?: boolean | undefined;
  /** The level from which on tokens are hidden in a redacted text, as in `TagWishes`. */
  readonly hidingLevel?: number | undefined;
  /** Whether the tokens of a text are separated by spaces alone. */
  readonly cutsAtSpaces?: boolean | undefined;
}

/**
 * Checks options before anything is tagged.
 *
 * @throws {UserError} if a number is out of its range, or if a minimum confidence is given for tags that mark no spans
 */
export function checkTaggingOptions({ minConfidence, top }: TaggingOptions, scheme: Scheme): void {
  if (minConfidence !== undefined && !(typeof minConfidence === 'number' && minConfidence >= 0 && minConfidence <= 1))
    throw badUsage(`minConfidence: expected a number from 0 to 1, found ${JSON.stringify(minConfidence)}`);
  if (minConfidence !== undefined && !hasSpans(scheme))
    throw badUsage(
      'a minimum confidence applies to entities, but the tags of this model mark none',
      'leave out --min-confidence (in JavaScript minConfidence)',
    );
  if (top !== undefined && !(Number.isInteger(top) && top >= 0))
    throw badUsage(`top: expected a whole number, found ${top}`);
}

/** Turns records into tagged records. It runs in any thread, in Node and in browsers, and gives the same results. */
export class RecordTagger {
  readonly model: ModelForTagging;
  readonly language: Language;
  /** Cuts raw text into tokens as the training corpus has them. */
  readonly tokenize: Tokenizer;
  /** Tags sentences that are given as tokens. */
  readonly tagger: Tagger;
  #jsonLines: JsonLinesWriter | undefined;

  constructor(model: ModelForTagging) {
    this.model = model;
    this.language = model.language;
    this.tokenize = tokenizerOf(model.language);
    this.tagger = createTagger(model);
  }

  /**
   * Tags records. The results come in the order of the records: one for each sentence, failed record and gap.
   *
   * @throws {UserError} if `checkTaggingOptions` refuses the options
   */
  tag(records: readonly InputRecord[], options: RecordOptions): TaggedRecord[] {
    const { scheme } = this.language;
    return this.tagTexts(records, options).map((part) => (hasTokens(part) ? sentenceOf(part, scheme) : part));
  }

  /** Does what `tag` does, without an object for each token. */
  tagTexts(records: readonly InputRecord[], { cutsAtSpaces, ...options }: RecordOptions): TaggedPart[] {
    checkTaggingOptions(options, this.language.scheme);
    const cutText = this.tagger.createCutter();
    const cut = cutsAtSpaces ? cutterOf(splitAtSpaces) : cutText;
    const documents: number[] = [];
    const parts = records.flatMap((record, index) => {
      const found = readRecord(record, cut);
      for (const part of found)
        if (hasTokens(part)) documents.push(isDocument(record) || part.breaks ? index : NO_DOCUMENT);
      return found;
    });
    const tagged = this.tagger.tag(parts.filter(hasTokens<TokenizedText>), options, documents).values();
    return parts.map((part) => (hasTokens(part) ? (tagged.next().value as TaggedText) : part));
  }

  /** Tags records, and writes a line of JSON for each result, as `createTaggedWriter` does. */
  writeJsonLines(records: readonly InputRecord[], options: RecordOptions): Uint8Array<ArrayBuffer> {
    const parts = this.tagTexts(records, options);
    this.#jsonLines ??= new JsonLinesWriter(this.language);
    return this.#jsonLines.write(parts, this.tagger.lexicon);
  }

  /** Predicts the tags, and if wanted the confidences of spans, of sentences that are given as tokens. */
  predict(records: readonly (readonly string[] | DocumentSentences)[], confidence: boolean): Prediction[] {
    const sentences = records.flatMap((record) => (isDocument(record) ? record.sentences : [record]));
    const documents = records.flatMap((record, index) =>
      isDocument(record) ? record.sentences.map(() => index) : [NO_DOCUMENT],
    );
    return this.tagger.predict(sentences, { confidence }, documents);
  }
}

function isDocument(record: InputRecord): record is DocumentSentences {
  return typeof record !== 'string' && 'kind' in record && record.kind === 'sentences';
}
