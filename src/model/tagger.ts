import type { Scheme } from '../text/scheme.js';
import type { Token } from '../text/sentence.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { confidentSpans, type Prediction } from './decode.js';
import type { PredictedTags, Predictor } from './predictor.js';

/** A tagged sentence; offsets index `text` in UTF-16 units, `end` exclusive. */
export interface TaggedSentence {
  readonly text: string;
  readonly tokens: readonly (Token & { readonly tag: string })[];
  readonly spans: readonly TaggedSpan[];
}

export interface TaggedSpan extends Token {
  readonly label: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

/** What words and tags mean to a network. */
export interface Language {
  readonly scheme: Scheme;
  /** The tag of each output of the network. */
  readonly tags: readonly string[];
  readonly vocabulary: Vocabulary;
}

/** The ids of tokens in each table: training and tagging prepare text here, and only here. */
export function encodeTokens(tokens: readonly string[], vocabulary: Vocabulary): Int32Array[] {
  return [Int32Array.from(tokens, (token) => vocabulary.idOf(token))];
}

/** Tags sentences with a network. */
export class Tagger {
  readonly language: Language;
  readonly #predictor: Predictor;

  constructor(language: Language, predictor: Predictor) {
    this.language = language;
    this.#predictor = predictor;
  }

  /** The tags of sentences given as tokens, in the same order; a sentence of no tokens has no tags. */
  predict(sentences: readonly (readonly string[])[]): Prediction[] {
    const { vocabulary } = this.language;
    const examples = sentences.map((tokens) => {
      return { ids: encodeTokens(tokens, vocabulary), targets: new Int32Array(tokens.length) };
    });
    return this.#predictor.predict(examples).map((predicted) => this.#name(predicted));
  }

  #name({ tags, probabilities }: PredictedTags): Prediction {
    const names = this.language.tags;
    return { tags: Array.from(tags, (tag) => names[tag] as string), probabilities: Array.from(probabilities) };
  }

  /** Tags texts that have been cut into tokens. */
  tag(sentences: readonly { readonly text: string; readonly tokens: readonly Token[] }[]): TaggedSentence[] {
    const predictions = this.predict(sentences.map(({ tokens }) => tokens.map(({ text }) => text)));
    return sentences.map(({ text, tokens }, index) => {
      const prediction = predictions[index] as Prediction;
      return {
        text,
        tokens: tokens.map(({ text: token, start, end }, t) => ({
          text: token,
          start,
          end,
          tag: prediction.tags[t] as string,
        })),
        spans: confidentSpans(prediction, this.language.scheme).map(({ label, start, end, confidence }) => {
          const from = (tokens[start] as Token).start;
          const to = (tokens[end - 1] as Token).end;
          return { label, start: from, end: to, text: text.slice(from, to), confidence };
        }),
      };
    });
  }
}
