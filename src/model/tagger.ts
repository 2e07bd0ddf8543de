import type { FeatureSet } from '../text/features.js';
import { recode, type Scheme } from '../text/scheme.js';
import type { Token } from '../text/sentence.js';
import { confidentSpans, type Prediction } from './decode.js';
import { Lexicon } from './lexicon.js';
import type { Model } from './model.js';
import { type PredictedTags, type Predictor, SinglePredictor } from './predictor.js';

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
  /** Of the corpus: what goes in and comes out. */
  readonly scheme: Scheme;
  /** Of the network's tags. */
  readonly innerScheme: Scheme;
  /** The tag of each output of the network. */
  readonly tags: readonly string[];
  readonly features: FeatureSet;
}

/** Words that are remembered; beyond, all are forgotten, so that an endless text takes no endless memory. */
const LEXICON_SIZE = 100_000;

/** Tags sentences with a network. */
export class Tagger {
  readonly language: Language;
  readonly #predictor: Predictor;
  #lexicon: Lexicon;

  constructor(language: Language, predictor: Predictor) {
    this.language = language;
    this.#predictor = predictor;
    this.#lexicon = new Lexicon(language.features);
  }

  /** The tags of sentences given as tokens, in the same order; a sentence of no tokens has no tags. */
  predict(sentences: readonly (readonly string[])[]): Prediction[] {
    if (this.#lexicon.size > LEXICON_SIZE) this.#lexicon = new Lexicon(this.language.features);
    const lexicon = this.#lexicon;
    const examples = sentences.map((tokens) => {
      return { words: lexicon.encode(tokens), targets: new Int32Array(tokens.length) };
    });
    return this.#predictor.predict(examples, lexicon).map((predicted) => this.#name(predicted));
  }

  #name({ tags, probabilities }: PredictedTags): Prediction {
    const { tags: names, innerScheme, scheme } = this.language;
    const inner = Array.from(tags, (tag) => names[tag] as string);
    return { tags: recode(inner, innerScheme, scheme), probabilities: Array.from(probabilities) };
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

/** A tagger of a model that is the last to have taken memory of its kernels; it works in the calling thread. */
export function createTagger({ language, network, others = [] }: Model): Tagger {
  const predictor = new SinglePredictor(
    network,
    others.map((other) => other.network),
  );
  return new Tagger(language, predictor);
}
