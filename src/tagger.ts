import { badUsage } from './errors.js';
import { readCheckpoint } from './model/checkpoint.js';
import type { Language } from './model/language.js';
import {
  countFromDocument,
  createTagger,
  type LabelledText,
  type TaggedAlternative,
  type TaggedSentence,
  type TaggedSpan,
  type Tagger,
  tokenizerOf,
} from './model/tagger.js';
import { createKernels } from './numerics/fastest.js';
import { DocumentCutter } from './text/document-cutter.js';
import { gatherReady } from './text/ready-groups.js';
import { isText, readRecord, type TextRecord, type TokenizedText } from './text/record.js';
import { hasSpans, partsOf } from './text/scheme.js';
import type { Token } from './text/sentence.js';
import type { Tokenizer } from './text/tokenizer.js';

export { ExitCode, UserError } from './errors.js';
export type { LabelledText, TaggedAlternative, TaggedSpan, Token };

/** One sentence: raw text, which is cut into tokens as the training corpus has them, or the tokens themselves. */
export type SentenceInput = string | readonly string[];

/** What is wanted of tagging. */
export interface TagWishes {
  /** Spans that are less probable are left out, and their tokens are outside; from 0 to 1. */
  readonly minConfidence?: number | undefined;
  /** How many of the best ways to tag a sentence are given as `alternatives`; default none. */
  readonly top?: number | undefined;
}

/**
 * A tagged sentence. All offsets count from the start of the text that was tagged, in UTF-16 units, `end` exclusive:
 * `input.slice(span.start, span.end) === span.text`.
 */
export interface PlacedSentence {
  /** Of tokens without a text: the tokens with a space between two of them. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly (Token & { readonly tag: string })[];
  /** The entities, in order; none where the tags of the corpus spell no spans, as parts of speech. */
  readonly spans: readonly TaggedSpan[];
  /** The best ways to tag the sentence, best first; undefined where nobody asked. */
  readonly alternatives?: readonly TaggedAlternative[];
}

/**
 * Makes a model of a checkpoint that `rnn train` wrote. It works in the calling thread, in Node and in browsers, with
 * the same results.
 *
 * @param checkpoint the text of the file, or the object that its JSON is
 * @param source how it is called in messages
 * @throws UserError where it is no checkpoint or a damaged one
 */
export function loadModel(checkpoint: string | object, source = 'the checkpoint'): TaggingModel {
  const model = readCheckpoint(checkpoint, source, createKernels());
  return new TaggingModel(model.language, createTagger(model));
}

/** Tags; made by `loadModel`. */
export class TaggingModel {
  /** What it tells apart, as `PER`, sorted: the labels of spans, or tags where those spell no spans. */
  readonly labels: readonly string[];
  readonly #tagger: Tagger;
  readonly #cut: Tokenizer;
  readonly #hasSpans: boolean;

  /** @internal */
  constructor(language: Language, tagger: Tagger) {
    const { tags, innerScheme } = language;
    this.labels = [...new Set(tags.map((tag) => partsOf(tag, innerScheme).label))]
      .filter((label) => label !== '')
      .sort();
    this.#tagger = tagger;
    this.#cut = tokenizerOf(language);
    this.#hasSpans = hasSpans(language.scheme);
  }

  /** Tags a text of any length: cuts it into sentences and tokens, as `rnn tag --from text`. */
  tag(text: string, wishes: TagWishes = {}): PlacedSentence[] {
    const cutter = new DocumentCutter(this.#cut);
    return this.#tag([...cutter.push(text), ...cutter.end()], wishes);
  }

  /** Tags one sentence that has been cut into tokens. */
  tagTokens(tokens: readonly string[], wishes: TagWishes = {}): PlacedSentence {
    return this.#tag([tokens], wishes)[0] as PlacedSentence;
  }

  /** Tags sentences, as many results in the same order; faster than one by one. */
  tagSentences(sentences: readonly SentenceInput[], wishes: TagWishes = {}): PlacedSentence[] {
    return this.#tag(sentences, wishes);
  }

  /** Tags sentences as they come, one result each in the same order; what has come is tagged without waiting for more. */
  async *tagStream(
    sentences: AsyncIterable<SentenceInput> | Iterable<SentenceInput>,
    wishes: TagWishes = {},
  ): AsyncGenerator<PlacedSentence, void, undefined> {
    for await (const group of gatherReady(sentences)) yield* this.#tag(group, wishes);
  }

  /** Tags a text that comes in pieces, which may end anywhere; a text without end takes no endless memory. */
  async *tagTextStream(
    text: AsyncIterable<string> | Iterable<string>,
    wishes: TagWishes = {},
  ): AsyncGenerator<PlacedSentence, void, undefined> {
    const cutter = new DocumentCutter(this.#cut);
    for await (const piece of text) yield* this.#tag(cutter.push(piece), wishes);
    yield* this.#tag(cutter.end(), wishes);
  }

  #tag(records: readonly TextRecord[], { minConfidence, top }: TagWishes): PlacedSentence[] {
    if (minConfidence !== undefined && !(minConfidence >= 0 && minConfidence <= 1))
      throw badUsage(`minConfidence: expected a number from 0 to 1, found ${minConfidence}`);
    if (minConfidence !== undefined && !this.#hasSpans)
      throw badUsage('minConfidence is for entities, and the tags of this model spell none', 'leave it out');
    if (top !== undefined && !(Number.isInteger(top) && top >= 0))
      throw badUsage(`top: expected a whole number, found ${top}`);
    const parts = records.flatMap((record) => readRecord(record, this.#cut)).filter(isText<TokenizedText>);
    return this.#tagger.tag(parts, { confidence: true, minConfidence, top }).map(place);
  }
}

function place(sentence: TaggedSentence): PlacedSentence {
  const { text, tokens, spans, alternatives, place: { start } = { start: 0 } } = countFromDocument(sentence);
  return { text, start, end: start + text.length, tokens, spans, ...(alternatives && { alternatives }) };
}
