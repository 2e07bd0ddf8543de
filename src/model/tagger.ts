import { at } from '../numerics/at.js';
import { type SentencePlace, sentencesOf, type TokenizedText } from '../text/record.js';
import { hasSpans, recode, type Scheme, spansOf, tagsOf } from '../text/scheme.js';
import type { Span, Token } from '../text/sentence.js';
import { createTokenizer, type Tokenizer } from '../text/tokenizer.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import { confidentSpans, type Prediction, roundConfidence } from './decode.js';
import type { TagQuestions } from './ensemble.js';
import { joinPredictions } from './joined-prediction.js';
import { type ProbableSpan, SpanJudge } from './judgement.js';
import type { Language } from './language.js';
import { Lexicon } from './lexicon.js';
import { documentShareOf, type ModelForTagging } from './model.js';
import { hiddenSpans, hidingLevels, NameProbabilities, type NameSigns } from './name-probability.js';
import { type PredictedTags, type Predictor, SinglePredictor } from './predictor.js';
import { type PathTable, SpanProbabilities } from './span-probability.js';

/** A tagged sentence. Offsets index `text` in UTF-16 units, `end` exclusive. */
export interface TaggedSentence {
  readonly text: string;
  readonly tokens: readonly (Token & { readonly tag: string })[];
  readonly spans: readonly TaggedSpan[];
  /** What is hidden in a redacted text, if that is more than `spans`. */
  readonly hidden?: readonly LabelledText[] | undefined;
  /** The best sequences of tags, best first; undefined if not requested. */
  readonly alternatives?: readonly TaggedAlternative[] | undefined;
  /** The fields of the record that the sentence came in. */
  readonly fields?: string | undefined;
  readonly place?: SentencePlace | undefined;
}

export interface LabelledText extends Token {
  readonly label: string;
}

export interface TaggedSpan extends LabelledText {
  /** The probability that exactly this span stands here, from 0 to 1; undefined if not requested. */
  readonly confidence?: number | undefined;
}

export interface TaggedAlternative {
  /** The probability among all sequences of tags that decoding allows, from 0 to 1. */
  readonly probability: number;
  readonly tags: readonly string[];
  readonly spans: readonly LabelledText[];
}

/** The results that are requested beside tags. */
export interface TagWishes {
  /** True if each span gets its confidence. */
  readonly confidence?: boolean | undefined;
  /** The confidence below which spans are left out and their tokens are outside, from 0 to 1. */
  readonly minConfidence?: number | undefined;
  /** The number of alternatives. */
  readonly top?: number | undefined;
  /** The level from which on tokens are hidden in a redacted text: how surely they are in a name, see `HidingScores`. */
  readonly hidingLevel?: number | undefined;
}

/** Creates a tokenizer that cuts raw text as the training corpus does. */
export function tokenizerOf({ convention, features }: Language): Tokenizer {
  const { vocabulary } = features;
  return createTokenizer(convention, (word) => vocabulary.idOf(word) !== UNKNOWN_ID);
}

/**
 * The number of words beyond which all are forgotten, so that an endless text does not need endless memory. A lexicon makes
 * room for twice as many when it has 32,768, which a batch must not reach.
 */
const LEXICON_SIZE = 30_000;

/** What scores need of a tagger. */
export type SentenceTagger = Pick<Tagger, 'language' | 'predict' | 'predictAt' | 'hidingLevels'>;

const NO_SIGNS: NameSigns = { probabilities: new Float64Array(), labels: [] };

/** Tags sentences with a network. */
export class Tagger {
  readonly language: Language;
  readonly #predictor: Predictor;
  readonly #temperature: number;
  #lexicon: Lexicon;
  #spans: SpanProbabilities | undefined;

  /** @param temperature the divisor of scores before these become probabilities */
  constructor(language: Language, predictor: Predictor, temperature = 1) {
    this.language = language;
    this.#predictor = predictor;
    this.#temperature = temperature;
    this.#lexicon = new Lexicon(language.features);
  }

  /** Tags sentences given as tokens, in the same order; `documents` has the number of each sentence's document. */
  predict(
    sentences: readonly (readonly string[])[],
    wishes: TagWishes = {},
    documents?: readonly number[],
  ): Prediction[] {
    const { confidence, minConfidence, top = 0, hidingLevel } = wishes;
    const isConfident = confidence === true || minConfidence !== undefined;
    const asks = isConfident || top > 0 || hidingLevel !== undefined;
    const signs = sentences.map((): NameSigns => NO_SIGNS);
    const questions = asks ? this.#questions([this.#temperature], top) : undefined;
    const visited = questions && hidingLevel !== undefined ? this.#noteSigns(questions, signs) : questions;
    return this.#predictTags(sentences, visited, documents).map(
      ({ tags: numbers, probabilities, explained }, index) => {
        const tags = this.#name(numbers);
        return {
          tags,
          probabilities: Array.from(probabilities),
          ...(isConfident && { confidences: explained?.confidences[0] ?? [] }),
          ...(hidingLevel !== undefined && { hidden: hiddenSpans(tags, at(signs, index), hidingLevel, this.language) }),
          ...(top > 0 && {
            alternatives: (explained?.alternatives ?? [{ tags: Int32Array.of(), probability: 1 }]).map((each) => ({
              tags: this.#name(each.tags),
              probability: each.probability,
            })),
          }),
        };
      },
    );
  }

  /** Finds how surely each token of sentences is in a name, as levels from 0 to `CERTAIN`. */
  hidingLevels(
    sentences: readonly (readonly string[])[],
    temperature: number,
    documents?: readonly number[],
  ): number[][] {
    const signs = sentences.map((): NameSigns => NO_SIGNS);
    const questions = this.#noteSigns(this.#questions([temperature], 0), signs);
    return this.#predictTags(sentences, questions, documents).map(({ tags }, index) =>
      hidingLevels(this.#name(tags), at(signs, index), this.language),
    );
  }

  /** Returns questions that write to `signs` what the network says of each sentence. */
  #noteSigns(questions: TagQuestions, signs: NameSigns[]): TagQuestions {
    const names = new NameProbabilities(this.language);
    return {
      ...questions,
      visit: (table, sentence) => {
        signs[sentence] = names.signsOf(table);
      },
    };
  }

  /** Tags sentences, and finds the confidence of each span for each temperature. */
  predictAt(
    sentences: readonly (readonly string[])[],
    temperatures: readonly number[],
    documents?: readonly number[],
  ): { readonly tags: readonly string[]; readonly confidences: readonly (readonly number[])[] }[] {
    return this.#predictTags(sentences, this.#questions(temperatures, 0), documents).map(({ tags, explained }) => ({
      tags: this.#name(tags),
      confidences: explained?.confidences ?? temperatures.map(() => []),
    }));
  }

  /**
   * Returns, for each sentence, the probabilities of its given spans and of those that the network would have in their place.
   * The predictor must be one that answers questions.
   */
  judge(
    sentences: readonly { readonly tokens: readonly string[]; readonly spans: readonly Span[] }[],
    documents?: readonly number[],
  ): ProbableSpan[][] {
    const judge = new SpanJudge(this.language);
    const judged = sentences.map((): ProbableSpan[] => []);
    const questions = {
      ...this.#questions([this.#temperature], 0),
      visit: (table: PathTable, sentence: number) => {
        judged[sentence] = judge.judge(table, at(sentences, sentence).spans);
      },
    };
    this.#predictTags(
      sentences.map(({ tokens }) => tokens),
      questions,
      documents,
    );
    return judged;
  }

  #questions(temperatures: readonly number[], top: number): TagQuestions {
    const { tags, innerScheme, scheme } = this.language;
    this.#spans ??= new SpanProbabilities(tags, innerScheme, scheme);
    return { temperatures, spans: this.#spans, top };
  }

  #predictTags(
    sentences: readonly (readonly string[])[],
    questions?: TagQuestions,
    documents?: readonly number[],
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
    const inner = Array.from(numbers, (number) => at(tags, number));
    return recode(inner, innerScheme, scheme);
  }

  /** Tags texts that have been cut into tokens; `documents` has the number of each text's document. */
  tag(texts: readonly TokenizedText[], wishes: TagWishes = {}, documents?: readonly number[]): TaggedSentence[] {
    const { scheme } = this.language;
    const sentences = texts.map(sentencesOf);
    const predictions = this.predict(
      sentences.flatMap((each) => each.map((tokens) => tokens.map(({ text }) => text))),
      wishes,
      documents && sentences.flatMap((each, index) => each.map(() => at(documents, index))),
    );
    let next = 0;
    return texts.map((text, index) => {
      const first = next;
      next += at(sentences, index).length;
      const parts = predictions.slice(first, next);
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
    const from = at(tokens, start).start;
    const to = at(tokens, end - 1).end;
    return { label, start: from, end: to, text: text.slice(from, to) };
  };
  const { alternatives, hidden } = prediction;
  return {
    text,
    tokens: tokens.map(({ text: token, start, end }, t) => ({ text: token, start, end, tag: at(tags, t) })),
    spans: spans.map((span) => ({ ...inText(span), confidence: span.confidence })),
    ...(hidden && { hidden: hidden.map(inText) }),
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

/** Returns a sentence with all offsets counted from the start of the document that it stands in. */
export function countFromDocument(sentence: TaggedSentence): TaggedSentence {
  const shift = sentence.place?.start ?? 0;
  if (shift === 0) return sentence;
  const move = <Range extends Token>(range: Range): Range => {
    return { ...range, start: range.start + shift, end: range.end + shift };
  };
  return {
    ...sentence,
    // Faster than `move`.
    tokens: sentence.tokens.map(({ text, start, end, tag }) => ({ text, start: start + shift, end: end + shift, tag })),
    spans: sentence.spans.map(move),
    alternatives: sentence.alternatives?.map((each) => ({ ...each, spans: each.spans.map(move) })),
  };
}

/** Creates a tagger for the calling thread. The model must be the last to have allocated memory of its kernels. */
export function createTagger(model: ModelForTagging): Tagger {
  const { language, network, others = [], temperature } = model;
  const predictor = new SinglePredictor(
    network,
    others.map((other) => other.network),
    documentShareOf(model),
  );
  return new Tagger(language, predictor, temperature);
}
