import { badUsage } from './errors.js';
import { chooseHiding } from './evaluation/hiding-bound.js';
import { readCheckpoint } from './model/checkpoint.js';
import { labelsOf } from './model/language.js';
import {
  countFromDocument,
  type LabelledText,
  type TaggedAlternative,
  type TaggedSentence,
  type TaggedSpan,
} from './model/tagger.js';
import { createKernels } from './numerics/fastest.js';
import { oneOf } from './settings/one-of.js';
import { RecordTagger, type TaggingOptions } from './tagging/record-tagger.js';
import { DocumentCutter } from './text/document-cutter.js';
import { gatherReady } from './text/ready-groups.js';
import { hasTokens, type InputRecord } from './text/record.js';
import { type RedactedText, redact, type StandInSpan } from './text/redaction.js';
import { hasSpans } from './text/scheme.js';
import type { Token } from './text/sentence.js';
import { STAND_IN_STYLES, type StandInStyle, StandIns } from './text/stand-ins.js';

export { ExitCode, UserError } from './errors.js';
export type {
  LabelledText,
  RedactedText,
  StandInSpan,
  StandInStyle,
  TaggedAlternative,
  TaggedSpan,
  TaggingOptions,
  Token,
};

/** One sentence: raw text, which is cut into tokens as the training corpus has them, or the tokens themselves. */
export type SentenceInput = string | readonly string[];

/** How names are replaced. */
export interface RedactingOptions {
  /** What stands for a name: its label, as in `[PER]`; a number, as in `[PER-1]`; or an invented name. The default is the label. */
  readonly style?: StandInStyle | undefined;
  /**
   * The share of names that is hidden, above 0 and below 1, with a certainty of 95 % if documents are drawn as those of dev
   * were; unsure words are hidden for it. Without it, the names that the model finds are hidden.
   */
  readonly recall?: number | undefined;
}

/**
 * A tagged sentence. All offsets count from the start of the text that was tagged, in UTF-16 units, `end` exclusive:
 * `input.slice(span.start, span.end) === span.text`.
 */
export interface PlacedSentence {
  /** The sentence; if tokens came without a text, the tokens with a space between two of them. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly (Token & { readonly tag: string })[];
  /** The entities, in order; none if the tags of the corpus mark no spans, as parts of speech. */
  readonly spans: readonly TaggedSpan[];
  /** The most probable ways to tag the sentence, best first; undefined unless asked for. */
  readonly alternatives?: readonly TaggedAlternative[];
}

/**
 * Makes a model of a checkpoint that `rnn train` wrote. It works in the calling thread, in Node and in browsers, with
 * the same results.
 *
 * @param checkpoint the text of the file, or the object that its JSON is
 * @param source what messages call the checkpoint
 * @throws {UserError} if it is no checkpoint or a damaged one
 */
export function loadModel(checkpoint: string | object, source = 'the checkpoint'): TaggingModel {
  return new TaggingModel(new RecordTagger(readCheckpoint(checkpoint, source, createKernels())));
}

/**
 * A model that tags; `loadModel` makes it. All its methods throw a UserError if an option is out of its range, or if they
 * are given anything but what they say.
 */
export class TaggingModel {
  /** The labels that the model tells apart, as `PER`, sorted: the labels of spans, or the tags if they mark no spans. */
  readonly labels: readonly string[];
  /** Whether tags mark spans, as names are; if not, each token has a label of its own, as a part of speech. */
  readonly marksSpans: boolean;
  readonly #tagger: RecordTagger;

  /** @internal */
  constructor(tagger: RecordTagger) {
    this.labels = labelsOf(tagger.language);
    this.marksSpans = hasSpans(tagger.language.scheme);
    this.#tagger = tagger;
  }

  /** @internal */
  get recordTagger(): RecordTagger {
    return this.#tagger;
  }

  /** @internal */
  tokensOf(sentence: SentenceInput): readonly string[] {
    checkSentence(sentence);
    return isText(sentence) ? this.#tagger.tokenize(sentence).map(({ text }) => text) : sentence;
  }

  /** Tags a text of any length: cuts it into sentences and tokens, as `rnn tag --from text`. */
  tag(text: string, options: TaggingOptions = {}): PlacedSentence[] {
    checkInput(text, isText, 'a text');
    const cutter = new DocumentCutter(this.#tagger.tokenize);
    return this.#tag([...cutter.push(text), ...cutter.end()], options);
  }

  /**
   * Replaces the names of a text of any length, the same name by the same stand-in.
   *
   * @throws {UserError} if the tags of the model mark no names, if an option is out of its range, or if dev was too small for the
   * promise of `recall`
   */
  redact(text: string, options: RedactingOptions = {}): RedactedText {
    checkInput(text, isText, 'a text');
    checkInput(options, (value) => typeof value === 'object' && value !== null, 'an object of options');
    const { style = 'label', recall } = options;
    if (!this.marksSpans) throw badUsage('redacting replaces names, but the tags of this model mark none');
    checkInput(
      style,
      (value) => STAND_IN_STYLES.some((each) => each === value),
      `a style of ${oneOf(STAND_IN_STYLES)}`,
    );
    checkInput(
      recall ?? 0.5,
      (value) => typeof value === 'number' && value > 0 && value < 1,
      'a recall between 0 and 1',
    );
    const hiding = recall === undefined ? undefined : chooseHiding(this.#tagger.model.hiding, recall, 'the model');
    const cutter = new DocumentCutter(this.#tagger.tokenize);
    const records = [...cutter.push(text), ...cutter.end()];
    const tagged = this.#tagger.tag(records, { hidingLevel: hiding?.level }).filter(hasTokens<TaggedSentence>);
    const names = tagged.flatMap(({ spans, hidden = spans, place: { start: from } = { start: 0 } }) =>
      hidden.map(({ label, start, end }) => ({ label, start: from + start, end: from + end })),
    );
    return redact(text, names, new StandIns(style));
  }

  /** Tags one sentence that has been cut into tokens. */
  tagTokens(tokens: readonly string[], options: TaggingOptions = {}): PlacedSentence {
    checkInput(tokens, areTokens, 'a list of tokens');
    return this.#tag([tokens], options)[0] as PlacedSentence;
  }

  /** Tags sentences, with as many results in the same order; this is faster than one by one. */
  tagSentences(sentences: readonly SentenceInput[], options: TaggingOptions = {}): PlacedSentence[] {
    checkInput(sentences, Array.isArray, 'a list of sentences');
    for (const sentence of sentences) checkSentence(sentence);
    return this.#tag(sentences, options);
  }

  /** Tags sentences as they come, with one result each in the same order, and without waiting for more. */
  async *tagStream(
    sentences: AsyncIterable<SentenceInput> | Iterable<SentenceInput>,
    options: TaggingOptions = {},
  ): AsyncGenerator<PlacedSentence, void, undefined> {
    checkInput(sentences, (value) => isIterable(value) && !isText(value), 'an iterable of sentences');
    for await (const group of gatherReady(sentences)) {
      for (const sentence of group) checkSentence(sentence);
      yield* this.#tag(group, options);
    }
  }

  /** Tags a text that comes in pieces, which may end anywhere; a text without end takes no endless memory. */
  async *tagTextStream(
    text: AsyncIterable<string> | Iterable<string>,
    options: TaggingOptions = {},
  ): AsyncGenerator<PlacedSentence, void, undefined> {
    checkInput(text, isIterable, 'an iterable of texts');
    const cutter = new DocumentCutter(this.#tagger.tokenize);
    for await (const piece of text) {
      checkInput(piece, isText, 'a text');
      yield* this.#tag(cutter.push(piece), options);
    }
    yield* this.#tag(cutter.end(), options);
  }

  #tag(records: readonly InputRecord[], options: TaggingOptions): PlacedSentence[] {
    checkInput(options, (value) => typeof value === 'object' && value !== null, 'an object of options');
    const { minConfidence, top } = options;
    const tagged = this.#tagger.tag(records, { confidence: true, minConfidence, top });
    return tagged.filter(hasTokens<TaggedSentence>).map(place);
  }
}

function place(sentence: TaggedSentence): PlacedSentence {
  const { text, tokens, spans, alternatives, place: { start } = { start: 0 } } = countFromDocument(sentence);
  return { text, start, end: start + text.length, tokens, spans, ...(alternatives && { alternatives }) };
}

/**
 * Checks what a program gives, which no compiler may have checked.
 *
 * @throws {UserError} if it is not what is expected, exit code 2
 */
function checkInput(value: unknown, isExpected: (value: unknown) => boolean, expected: string): void {
  if (isExpected(value)) return;
  const found = isText(value) ? JSON.stringify(value.slice(0, 60)) : Array.isArray(value) ? 'a list' : typeof value;
  throw badUsage(`expected ${expected}, found ${value === null ? 'null' : found}`);
}

function checkSentence(value: unknown): void {
  checkInput(value, (each) => isText(each) || areTokens(each), 'a sentence, which is a text or a list of tokens');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function areTokens(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isIterable(value: unknown): boolean {
  return (
    isText(value) ||
    (typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value))
  );
}
