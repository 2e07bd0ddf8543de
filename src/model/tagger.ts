import { type SentencePlace, sentencesOf, type TokenizedText } from '../text/record.js';
import { hasSpans, recode, type Scheme, spansOf, tagsOf } from '../text/scheme.js';
import type { Span, Token } from '../text/sentence.js';
import { createTokenizer, type Tokenizer } from '../text/tokenizer.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import { confidentSpans, type Prediction, roundConfidence } from './decode.js';
import type { TagQuestions } from './explanation.js';
import { joinPredictions } from './joined-prediction.js';
import type { Language } from './language.js';
import { Lexicon } from './lexicon.js';
import type { ModelForTagging } from './model.js';
import { type PredictedTags, type Predictor, SinglePredictor } from './predictor.js';
import { SpanProbabilities } from './span-probability.js';

/** A tagged sentence; offsets index `text` in UTF-16 units, `end` exclusive. */
export interface TaggedSentence {
  readonly text: string;
  readonly tokens: readonly (Token & { readonly tag: string })[];
  readonly spans: readonly TaggedSpan[];
  /** The best ways to tag the sentence, best first; undefined where nobody asked. */
  readonly alternatives?: readonly TaggedAlternative[] | undefined;
  /** Of the record that the sentence came in. */
  readonly fields?: string | undefined;
  readonly place?: SentencePlace | undefined;
}

export interface LabelledText extends Token {
  readonly label: string;
}

export interface TaggedSpan extends LabelledText {
  /** How probable it is that exactly this span stands here, from 0 to 1; undefined where nobody asked. */
  readonly confidence?: number | undefined;
}

export interface TaggedAlternative {
  /** Among all sequences of tags that decoding allows, from 0 to 1. */
  readonly probability: number;
  readonly tags: readonly string[];
  readonly spans: readonly LabelledText[];
}

/** What is wanted beside tags. */
export interface TagWishes {
  /** How probable each span is. */
  readonly confidence?: boolean | undefined;
  /** Spans that are less probable are left out, their tokens outside; from 0 to 1. */
  readonly minConfidence?: number | undefined;
  /** How many alternatives. */
  readonly top?: number | undefined;
}

/** The document of each sentence, by any number; undefined where sentences belong to none. */
export type Documents = readonly number[] | undefined;

/** What cuts raw text into tokens as the training corpus has them. */
export function tokenizerOf({ convention, features }: Language): Tokenizer {
  const { vocabulary } = features;
  return createTokenizer(convention, (word) => vocabulary.idOf(word) !== UNKNOWN_ID);
}

/**
 * Words that are remembered; beyond, all are forgotten, so that an endless text takes no endless memory. A lexicon makes
 * room for twice as many when it has 32,768, which a batch must not reach.
 */
const LEXICON_SIZE = 30_000;

/** Tags sentences with a network. */
export class Tagger {
  readonly language: Language;
  readonly #predictor: Predictor;
  readonly #temperature: number;
  #lexicon: Lexicon;
  #spans: SpanProbabilities | undefined;

  /** @param temperature what scores are divided by before they become probabilities */
  constructor(language: Language, predictor: Predictor, temperature = 1) {
    this.language = language;
    this.#predictor = predictor;
    this.#temperature = temperature;
    this.#lexicon = new Lexicon(language.features);
  }

  /** The tags of sentences given as tokens, in the same order; a sentence of no tokens has no tags. */
  predict(sentences: readonly (readonly string[])[], wishes: TagWishes = {}, documents?: Documents): Prediction[] {
    const { confidence, minConfidence, top = 0 } = wishes;
    const isConfident = confidence === true || minConfidence !== undefined;
    const questions = isConfident || top > 0 ? this.#questions([this.#temperature], top) : undefined;
    return this.#predictTags(sentences, questions, documents).map(({ tags, probabilities, explained }) => ({
      tags: this.#name(tags),
      probabilities: Array.from(probabilities),
      ...(isConfident && { confidences: explained?.confidences[0] ?? [] }),
      ...(top > 0 && {
        alternatives: (explained?.alternatives ?? [{ tags: Int32Array.of(), probability: 1 }]).map((each) => ({
          tags: this.#name(each.tags),
          probability: each.probability,
        })),
      }),
    }));
  }

  /** The tags of sentences, and for each temperature how probable each span is that they spell. */
  predictAt(
    sentences: readonly (readonly string[])[],
    temperatures: readonly number[],
    documents?: Documents,
  ): { readonly tags: readonly string[]; readonly confidences: readonly (readonly number[])[] }[] {
    return this.#predictTags(sentences, this.#questions(temperatures, 0), documents).map(({ tags, explained }) => ({
      tags: this.#name(tags),
      confidences: explained?.confidences ?? temperatures.map(() => []),
    }));
  }

  #questions(temperatures: readonly number[], top: number): TagQuestions {
    const { tags, innerScheme, scheme } = this.language;
    this.#spans ??= new SpanProbabilities(tags, innerScheme, scheme);
    return { temperatures, spans: this.#spans, top };
  }

  #predictTags(
    sentences: readonly (readonly string[])[],
    questions: TagQuestions | undefined,
    documents: Documents,
  ): PredictedTags[] {
    if (this.#lexicon.size > LEXICON_SIZE) this.#lexicon = new Lexicon(this.language.features);
    const lexicon = this.#lexicon;
    const examples = sentences.map((tokens) => {
      return { words: lexicon.encode(tokens), targets: new Int32Array(tokens.length) };
    });
    return this.#predictor.predict(examples, lexicon, questions, documents);
  }

  #name(numbers: Int32Array): readonly string[] {
    const { tags, innerScheme, scheme } = this.language;
    const inner = Array.from(numbers, (number) => tags[number] as string);
    return recode(inner, innerScheme, scheme);
  }

  /**
   * Tags texts that have been cut into tokens.
   *
   * @param documents of each text
   */
  tag(texts: readonly TokenizedText[], wishes: TagWishes = {}, documents?: Documents): TaggedSentence[] {
    const { scheme } = this.language;
    const sentences = texts.map(sentencesOf);
    const predictions = this.predict(
      sentences.flatMap((each) => each.map((tokens) => tokens.map(({ text }) => text))),
      wishes,
      documents && sentences.flatMap((each, index) => each.map(() => documents[index] as number)),
    ).values();
    return texts.map((text, index) => {
      const parts = (sentences[index] ?? []).map(() => predictions.next().value as Prediction);
      return placeTags(text, joinPredictions(parts, scheme), scheme, wishes.minConfidence);
    });
  }
}

function placeTags(
  { text, tokens, fields, place }: TokenizedText,
  prediction: Prediction,
  scheme: Scheme,
  minConfidence = 0,
): TaggedSentence {
  const found = confidentSpans(prediction, scheme);
  const spans = found.filter(({ confidence = 1 }) => roundConfidence(confidence) >= minConfidence);
  const tags = spans.length === found.length ? prediction.tags : tagsOf(spans, tokens.length, scheme);
  const inText = ({ label, start, end }: Span): LabelledText => {
    const from = (tokens[start] as Token).start;
    const to = (tokens[end - 1] as Token).end;
    return { label, start: from, end: to, text: text.slice(from, to) };
  };
  const { alternatives } = prediction;
  return {
    text,
    tokens: tokens.map(({ text: token, start, end }, t) => ({ text: token, start, end, tag: tags[t] as string })),
    spans: spans.map((span) => ({ ...inText(span), confidence: span.confidence })),
    ...(alternatives && {
      alternatives: alternatives.map(({ tags: others, probability }) => ({
        probability,
        tags: others,
        spans: hasSpans(scheme) ? spansOf(others, scheme).map(inText) : [],
      })),
    }),
    ...(fields !== undefined && { fields }),
    ...(place && { place }),
  };
}

/** The same sentence with all offsets counted from the start of the document that it stands in. */
export function countFromDocument(sentence: TaggedSentence): TaggedSentence {
  const shift = sentence.place?.start ?? 0;
  if (shift === 0) return sentence;
  const move = <Range extends Token>(range: Range): Range => {
    return { ...range, start: range.start + shift, end: range.end + shift };
  };
  return {
    ...sentence,
    tokens: sentence.tokens.map(({ text, start, end, tag }) => ({ text, start: start + shift, end: end + shift, tag })), // faster
    spans: sentence.spans.map(move),
    alternatives: sentence.alternatives?.map((each) => ({ ...each, spans: each.spans.map(move) })),
  };
}

/** A tagger of a model that is the last to have taken memory of its kernels; it works in the calling thread. */
export function createTagger({ language, network, others = [], temperature, settings }: ModelForTagging): Tagger {
  const predictor = new SinglePredictor(
    network,
    others.map((other) => other.network),
    settings.documentShare,
  );
  return new Tagger(language, predictor, temperature);
}
