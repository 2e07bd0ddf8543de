import { at } from '../numerics/at.js';
import { type Cutter, tokensOf } from '../text/cut-tokens.js';
import type { SentencePlace, TokenizedText } from '../text/record.js';
import { createNumberedTags, hasSpans, type NumberedTags, type Scheme, spansOf, tagsOf } from '../text/scheme.js';
import type { Span, Token } from '../text/sentence.js';
import { TextReader } from '../text/text-reader.js';
import { createChunkCutter, createTokenizer, type Tokenizer } from '../text/tokenizer.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import {
  type ConfidentSpan,
  confidentSpans,
  type Prediction,
  roundConfidence,
  type TagSequence,
  withConfidences,
} from './decode.js';
import type { TagQuestions } from './ensemble.js';
import { joinPredictions } from './joined-prediction.js';
import { type ProbableSpan, SpanJudge } from './judgement.js';
import type { Language } from './language.js';
import { Lexicon } from './lexicon.js';
import { documentShareOf, type ModelForTagging } from './model.js';
import { hiddenSpans, hidingLevels, type NameMarginals, NameProbabilities } from './name-probability.js';
import { type PredictedTags, type Predictor, SinglePredictor } from './predictor.js';
import { type PathTable, SpanProbabilities } from './span-probability.js';
import { encodeTexts } from './text-words.js';

/** A tagged sentence. Offsets index `text` in UTF-16 units, `end` exclusive. */
export interface TaggedSentence {
  readonly text: string;
  readonly tokens: readonly (Token & { readonly tag: string })[];
  readonly spans: readonly TaggedSpan[];
  /** The names that are hidden in a redacted text, if they are more than `spans`. */
  readonly hidden?: readonly LabelledText[] | undefined;
  /** The best sequences of tags, best first; undefined if not requested. */
  readonly alternatives?: readonly TaggedAlternative[] | undefined;
  /** The fields of the record that the sentence came in. */
  readonly fields?: string | undefined;
  readonly place?: SentencePlace | undefined;
}

/** A text with its tags and spans, as numbers as far as there is one for each token; `sentenceOf` makes objects of it. */
export interface TaggedText extends TokenizedText {
  /** (T), the numbers of the words in the tagger's lexicon */
  readonly words: Int32Array;
  readonly tags: readonly string[];
  /** The spans as ranges of tokens. */
  readonly spans: readonly ConfidentSpan[];
  /** The spans that are hidden in a redacted text, as ranges of tokens; undefined if not requested. */
  readonly hidden?: readonly Span[] | undefined;
  readonly alternatives?: readonly TagSequence[] | undefined;
}

/** The fields that tagging adds to a text. */
type FoundInText = Pick<TaggedText, 'tags' | 'spans' | 'hidden' | 'alternatives'>;

/** The predicted tags of a sentence, and how surely its tokens are in names, if that was asked for. */
interface Answer extends PredictedTags {
  readonly marginals?: NameMarginals;
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
export function tokenizerOf(language: Language): Tokenizer {
  return createTokenizer(language.convention, knownBy(language));
}

function createReader(language: Language, lexicon: () => Lexicon): TextReader {
  const { convention, features } = language;
  const cut = createChunkCutter(convention, knownBy(language));
  // Where a token stands in names of dictionaries, and so its word, depends on its neighbours.
  return new TextReader(cut, features.knowledge.dictionaries ? undefined : (word) => lexicon().add(word));
}

/** Returns a function that tells whether the training corpus has a word. */
function knownBy({ features: { vocabulary } }: Language): (word: string) => boolean {
  return (word) => vocabulary.idOf(word) !== UNKNOWN_ID;
}

/**
 * The number of words beyond which all are forgotten, so that an endless text does not need endless memory. A lexicon makes
 * room for twice as many when it has 32,768, which a batch must not reach.
 */
const LEXICON_SIZE = 30_000;

/** The part of a tagger that scores need. */
export type SentenceTagger = Pick<Tagger, 'language' | 'predict' | 'predictAt' | 'hidingLevels'>;

const NO_MARGINALS: NameMarginals = { probabilities: new Float64Array(), labels: [] };

/** Tags sentences with a network. */
export class Tagger {
  readonly language: Language;
  readonly #predictor: Predictor;
  readonly #temperature: number;
  readonly #numbered: NumberedTags;
  #lexicon: Lexicon;
  #reader: TextReader | undefined;
  #spans: SpanProbabilities | undefined;

  /** @param temperature the divisor of scores before these become probabilities */
  constructor(language: Language, predictor: Predictor, temperature = 1) {
    this.language = language;
    this.#predictor = predictor;
    this.#temperature = temperature;
    this.#numbered = createNumberedTags(language.tags, language.innerScheme, language.scheme);
    this.#lexicon = new Lexicon(language.features);
  }

  /** The words that tagged texts number. */
  get lexicon(): Lexicon {
    return this.#lexicon;
  }

  /**
   * Returns what cuts raw texts for `tag`. The numbers of words that it and `tag` give hold until it, or any method that takes
   * sentences as tokens, is called again: these forget words when there are too many.
   */
  createCutter(): Cutter {
    this.#forgetWords();
    this.#reader ??= createReader(this.language, () => this.#lexicon);
    const reader = this.#reader;
    return (text) => reader.read(text);
  }

  /** Tags sentences given as tokens, in the same order; `documents` has the number of each sentence's document. */
  predict(
    sentences: readonly (readonly string[])[],
    wishes: TagWishes = {},
    documents?: readonly number[],
  ): Prediction[] {
    return this.#answer(this.#encode(sentences, documents), wishes, documents).map((answer) =>
      this.#nameTags(answer, wishes),
    );
  }

  /** Finds how surely each token of sentences is in a name, as levels from 0 to `CERTAIN`. */
  hidingLevels(
    sentences: readonly (readonly string[])[],
    temperature: number,
    documents?: readonly number[],
  ): number[][] {
    const marginals = sentences.map((): NameMarginals => NO_MARGINALS);
    const questions = this.#noteMarginals(this.#questions([temperature], 0), marginals);
    return this.#predictTags(this.#encode(sentences, documents), questions, documents).map(({ tags }, index) =>
      hidingLevels(this.#tagsOf(tags), at(marginals, index), this.language),
    );
  }

  /** Returns questions that write the marginals of each sentence to `marginals`. */
  #noteMarginals(questions: TagQuestions, marginals: NameMarginals[]): TagQuestions {
    const names = new NameProbabilities(this.language);
    return {
      ...questions,
      visit: (table, sentence) => {
        marginals[sentence] = names.marginalsOf(table);
      },
    };
  }

  /** Tags sentences, and finds the confidence of each span for each temperature. */
  predictAt(
    sentences: readonly (readonly string[])[],
    temperatures: readonly number[],
    documents?: readonly number[],
  ): { readonly tags: readonly string[]; readonly confidences: readonly (readonly number[])[] }[] {
    const answers = this.#predictTags(this.#encode(sentences, documents), this.#questions(temperatures, 0), documents);
    return answers.map(({ tags, explained }) => ({
      tags: this.#tagsOf(tags),
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
      this.#encode(
        sentences.map(({ tokens }) => tokens),
        documents,
      ),
      questions,
      documents,
    );
    return judged;
  }

  /** Predicts tags and what else is wished, for sentences given as the numbers of their words. */
  #answer(sentences: readonly Int32Array[], wishes: TagWishes, documents?: readonly number[]): Answer[] {
    const { confidence, minConfidence, top = 0, hidingLevel } = wishes;
    const hides = hidingLevel !== undefined;
    const asks = confidence || minConfidence !== undefined || top > 0 || hides;
    const questions = asks ? this.#questions([this.#temperature], top) : undefined;
    if (!questions || !hides) return this.#predictTags(sentences, questions, documents);
    const marginals = sentences.map((): NameMarginals => NO_MARGINALS);
    const answers = this.#predictTags(sentences, this.#noteMarginals(questions, marginals), documents);
    return answers.map((answer, index) => ({ ...answer, marginals: at(marginals, index) }));
  }

  #questions(temperatures: readonly number[], top: number): TagQuestions {
    const { tags, innerScheme, scheme } = this.language;
    this.#spans ??= new SpanProbabilities(tags, innerScheme, scheme);
    return { temperatures, spans: this.#spans, top };
  }

  #forgetWords(): void {
    if (this.#lexicon.size <= LEXICON_SIZE) return;
    this.#lexicon = new Lexicon(this.language.features);
    this.#reader?.clear();
  }

  /** Returns the numbers of the sentences' words. */
  #encode(sentences: readonly (readonly string[])[], documents?: readonly number[]): Int32Array[] {
    this.#forgetWords();
    return this.#lexicon.encodeAll(sentences, documents);
  }

  /** @param sentences the numbers of each sentence's words */
  #predictTags(
    sentences: readonly Int32Array[],
    questions?: TagQuestions,
    documents?: readonly number[],
  ): PredictedTags[] {
    const examples = sentences.map((words) => ({ words, targets: new Int32Array(words.length) }));
    return this.#predictor.predict(examples, this.#lexicon, questions, documents);
  }

  #tagsOf(numbers: Int32Array): readonly string[] {
    return this.#numbered.tagsOf(numbers, this.#numbered.spansOf(numbers));
  }

  #nameTags(
    { tags: numbers, probabilities, explained, marginals = NO_MARGINALS }: Answer,
    wishes: TagWishes,
  ): Prediction {
    const { confidence, minConfidence, top = 0, hidingLevel } = wishes;
    const tags = this.#tagsOf(numbers);
    return {
      tags,
      probabilities: Array.from(probabilities),
      ...((confidence || minConfidence !== undefined) && { confidences: explained?.confidences[0] ?? [] }),
      ...(hidingLevel !== undefined && { hidden: hiddenSpans(tags, marginals, hidingLevel, this.language) }),
      ...(top > 0 && {
        alternatives: (explained?.alternatives ?? [{ tags: Int32Array.of(), probability: 1 }]).map((each) => ({
          tags: this.#tagsOf(each.tags),
          probability: each.probability,
        })),
      }),
    };
  }

  /**
   * Tags texts that have been cut into tokens by `createCutter`, or whose words have no numbers; `documents` has the number of
   * each text's document.
   */
  tag(texts: readonly TokenizedText[], wishes: TagWishes = {}, documents?: readonly number[]): TaggedText[] {
    const sentences = encodeTexts(texts, this.#lexicon, documents);
    const answers = this.#answer(
      sentences.flat(),
      wishes,
      documents && sentences.flatMap((each, index) => each.map(() => at(documents, index))),
    );
    let next = 0;
    return texts.map((text, index) => {
      const own = at(sentences, index);
      const first = next;
      next += own.length;
      const words = text.words ?? (own.length === 1 ? at(own, 0) : joined(own));
      return { ...text, words, ...this.#tagText(answers.slice(first, next), wishes) };
    });
  }

  /** @param answers those for the sentences of one text */
  #tagText(answers: readonly Answer[], wishes: TagWishes): FoundInText {
    const { scheme } = this.language;
    const { minConfidence, top = 0, hidingLevel } = wishes;
    const [only] = answers;
    if (only && answers.length === 1 && top === 0 && hidingLevel === undefined) {
      const confidences = only.explained?.confidences[0];
      const found = this.#numbered.spansOf(only.tags);
      const spans = withConfidences(found, confidences);
      const tags = this.#numbered.tagsOf(only.tags, found);
      return minConfidence === undefined ? { tags, spans } : confident({ tags, spans }, minConfidence, scheme);
    }
    const prediction = joinPredictions(
      answers.map((answer) => this.#nameTags(answer, wishes)),
      scheme,
    );
    const { tags, alternatives, hidden } = prediction;
    const spans = confidentSpans(prediction, scheme);
    return { ...confident({ tags, spans }, minConfidence, scheme), alternatives, hidden };
  }
}

function joined(sentences: readonly Int32Array[]): Int32Array {
  return Int32Array.from(sentences.flatMap((words) => [...words]));
}

/** Leaves out spans that are less probable than wanted, whose tokens become outside. */
function confident(
  { tags, spans }: Pick<TaggedText, 'tags' | 'spans'>,
  minConfidence = 0,
  scheme: Scheme,
): Pick<TaggedText, 'tags' | 'spans'> {
  const kept = spans.filter(({ confidence = 1 }) => roundConfidence(confidence) >= minConfidence);
  return kept.length === spans.length ? { tags, spans } : { tags: tagsOf(kept, tags.length, scheme), spans: kept };
}

/** Makes objects of the tokens and spans of a tagged text. */
export function sentenceOf(tagged: TaggedText, scheme: Scheme): TaggedSentence {
  const { text, offsets, tags, spans, hidden, alternatives, fields, place } = tagged;
  const inText = ({ label, start, end }: Span): LabelledText => {
    const from = at(offsets, 2 * start);
    const to = at(offsets, 2 * end - 1);
    return { label, start: from, end: to, text: text.slice(from, to) };
  };
  return {
    text,
    tokens: tokensOf(text, tagged).map((token, t) => ({ ...token, tag: at(tags, t) })),
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
