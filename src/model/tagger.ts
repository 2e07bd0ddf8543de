import type { Kernels } from '../numerics/kernels.js';
import type { Token } from '../text/sentence.js';
import { createBatch, type Example, rowOf } from './batch.js';
import { bestTag, confidentSpans, type Prediction } from './decode.js';
import type { Model } from './model.js';
import { type Activations, allocateActivations, forward, networkSizes } from './network.js';

/** Sentences go through the network together until they hold this many tokens. */
const TOKENS_A_BATCH = 2048;

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

/** What tagging needs of a model; how it was trained does not matter. */
export type TaggingModel = Pick<Model, 'scheme' | 'tags' | 'vocabulary' | 'parameters'>;

/** Tags sentences with a model. */
export class Tagger {
  readonly model: TaggingModel;
  readonly #kernels: Kernels;
  #activations: Activations;

  constructor(model: TaggingModel, kernels: Kernels) {
    this.model = model;
    this.#kernels = kernels;
    this.#activations = allocateActivations(kernels, 0, networkSizes(model.parameters));
  }

  /** The tags of sentences given as tokens, in the same order; a sentence of no tokens has no tags. */
  predict(sentences: readonly (readonly string[])[]): Prediction[] {
    const predictions: Prediction[] = sentences.map(() => ({ tags: [], probabilities: [] }));
    let batch: number[] = [];
    let tokens = 0;
    for (const [index, sentence] of sentences.entries()) {
      if (sentence.length === 0) continue;
      if (tokens + sentence.length > TOKENS_A_BATCH && batch.length > 0) {
        this.#predictBatch(sentences, batch, predictions);
        batch = [];
        tokens = 0;
      }
      batch.push(index);
      tokens += sentence.length;
    }
    if (batch.length > 0) this.#predictBatch(sentences, batch, predictions);
    return predictions;
  }

  #predictBatch(
    sentences: readonly (readonly string[])[],
    indexes: readonly number[],
    predictions: Prediction[],
  ): void {
    const { parameters, vocabulary, tags } = this.model;
    const examples: Example[] = indexes.map((index) => {
      const tokens = sentences[index] as readonly string[];
      return {
        ids: Int32Array.from(tokens, (token) => vocabulary.idOf(token)),
        targets: new Int32Array(tokens.length),
      };
    });
    const batch = createBatch(examples);
    const activations = this.#activationsFor(batch.steps.N);
    forward(this.#kernels, parameters, batch, activations);
    const K = tags.length;
    for (const [place, exampleIndex] of batch.order.entries()) {
      const length = (examples[exampleIndex] as Example).ids.length;
      const rows = Array.from({ length }, (_, t) => rowOf(batch.steps, t, place));
      const best = rows.map((row) => bestTag(activations.p, row, K));
      predictions[indexes[exampleIndex] as number] = {
        tags: best.map((tag) => tags[tag] as string),
        probabilities: rows.map((row, t) => activations.p[row * K + (best[t] as number)] as number),
      };
    }
  }

  #activationsFor(tokens: number): Activations {
    if (this.#activations.capacity < tokens)
      this.#activations = allocateActivations(this.#kernels, tokens, networkSizes(this.model.parameters));
    return this.#activations;
  }

  /** Tags texts that have been cut into tokens. */
  tag(sentences: readonly { readonly text: string; readonly tokens: readonly Token[] }[]): TaggedSentence[] {
    const predictions = this.predict(sentences.map(({ tokens }) => tokens.map(({ text }) => text)));
    return sentences.map(({ text, tokens }, index) => {
      const prediction = predictions[index] as Prediction;
      return {
        text,
        tokens: tokens.map((token, t) => ({ ...token, tag: prediction.tags[t] as string })),
        spans: confidentSpans(prediction, this.model.scheme).map(({ label, start, end, confidence }) => {
          const from = (tokens[start] as Token).start;
          const to = (tokens[end - 1] as Token).end;
          return { label, start: from, end: to, text: text.slice(from, to), confidence };
        }),
      };
    });
  }
}
