import type { PathSums } from '../layers/crf.js';
import type { Steps } from '../layers/sequence.js';
import { at, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { type Alternative, bestAlternatives } from './alternatives.js';
import type { BatchMemory } from './batch.js';
import type { Network } from './network.js';
import { Pass } from './pass.js';
import { type PathTable, readPathTable, type SpanProbabilities } from './span-probability.js';
import { Words } from './words.js';

/** The results that are requested for sentences beside their tags. */
export interface TagQuestions {
  /** The divisors of path scores before these become probabilities. There are several only to choose one. */
  readonly temperatures: readonly number[];
  readonly spans: SpanProbabilities;
  /** The number of best sequences of tags. */
  readonly top: number;
  /** Is shown the sums of every sentence at the first temperature, which are valid during the call, and the sentence's number. */
  readonly visit?: ((table: PathTable, sentence: number) => void) | undefined;
}

/** The requested results of one sentence. */
export interface ExplainedTags {
  /** For each temperature, the probability of each span that the tags spell, in order. */
  readonly confidences: readonly (readonly number[])[];
  /** The best sequences of tags at the first temperature. */
  readonly alternatives: readonly Alternative[];
}

/** Another network's pass, with its own products of the batch's words. */
interface OtherNetwork {
  readonly pass: Pass;
  readonly words: Words;
}

/** Tags with one network, or with several of the same plan whose logits and transition scores are averaged. */
export class Ensemble {
  readonly #kernels: Kernels;
  readonly #batch: BatchMemory;
  readonly #pass: Pass;
  readonly #others: readonly OtherNetwork[];
  /** (W² + 2W), the weights of the CRF */
  readonly #weights: Address;

  /**
   * @param network the network whose words those of the batch are
   * @param capacity the largest number of tokens of a shard
   */
  constructor(network: Network, others: readonly Network[], batch: BatchMemory, capacity: number, longest: number) {
    const { kernels } = network;
    this.#kernels = kernels;
    this.#batch = batch;
    this.#pass = new Pass(network, capacity, longest);
    this.#others = others.map((other) => ({
      pass: new Pass(other, capacity, longest),
      words: new Words(other, batch.words.capacity, false),
    }));
    this.#weights = others.length === 0 ? this.#pass.crfWeights : this.#averageWeights(network.widths.tags);
  }

  /** Computes the products of words `first` to `last`, exclusive, of the batch. */
  multiply(first: number, last: number): void {
    const { words } = this.#batch;
    words.multiplyThrough(this.#pass.scratch, first, last);
    for (const other of this.#others) {
      other.words.copyIds(words, first, last);
      other.words.multiplyThrough(other.pass.scratch, first, last);
    }
  }

  /**
   * Tags one shard of the batch.
   *
   * @returns the requested results of each sentence, in order; undefined for a sentence without any
   */
  tag(index: number, questions?: TagQuestions): (ExplainedTags | undefined)[] {
    this.score(index);
    return this.decode(index, questions);
  }

  /** (N, tags): the logits of the shard that was scored last. */
  get logits(): Address {
    return this.#pass.outputs;
  }

  /** Computes the logits of one shard of the batch, which stand in `logits` afterwards. */
  score(index: number): void {
    const { memory } = this.#kernels;
    const shard = this.#batch.shard(index);
    const { outputs } = this.#pass;
    const n = shard.steps.N * this.#pass.network.widths.tags;
    this.#pass.forward(shard, false);
    for (const { pass, words } of this.#others) {
      pass.forward({ ...shard, words }, false);
      this.#kernels.add(pass.outputs, outputs, n);
    }
    if (this.#others.length > 0)
      for (let i = 0; i < n; i++) memory[outputs + i] = at(memory, outputs + i) / (1 + this.#others.length);
  }

  /** Tags one shard by its logits in `logits`, and returns the results that `tag` does. */
  decode(index: number, questions?: TagQuestions): (ExplainedTags | undefined)[] {
    const { steps } = this.#batch.shard(index);
    const row = this.#batch.rowOf(index);
    const best = shifted(this.#batch.best, row);
    this.#pass.decode(steps, this.#weights, best);
    const explained = questions ? this.#explain(steps, best, questions) : [];
    this.#pass.readProbabilities(steps, best, shifted(this.#batch.probabilities, row));
    return explained;
  }

  #explain(steps: Steps, best: Address, questions: TagQuestions): (ExplainedTags | undefined)[] {
    const { integers } = this.#kernels;
    const { plan, widths } = this.#pass.network;
    const explained: (ExplainedTags | undefined)[] = [];
    let tags = new Int32Array();
    const wants = ({ T, rows }: Pick<PathSums, 'T' | 'rows'>): boolean => {
      tags = new Int32Array(T);
      for (let t = 0; t < T; t++) tags[t] = integerAt(integers, best + integerAt(integers, rows + t));
      return questions.top > 0 || questions.visit !== undefined || questions.spans.spansOf(tags).length > 0;
    };
    for (const temperature of questions.temperatures)
      this.#pass.sumPaths(steps, this.#weights, temperature, wants, (sums, sentence) => {
        const table = readPathTable(this.#kernels, sums, plan.tags, widths.tags);
        if (!explained[sentence]) questions.visit?.(table, sentence);
        explained[sentence] = explainSentence(table, tags, questions, explained[sentence]);
      });
    return explained;
  }

  #averageWeights(W: number): Address {
    const n = W * W + 2 * W;
    const average = this.#kernels.allocate(n);
    const { memory } = this.#kernels;
    const passes = [this.#pass, ...this.#others.map(({ pass }) => pass)];
    for (let i = 0; i < n; i++) {
      const sum = passes.reduce((total, { crfWeights }) => total + at(memory, crfWeights + i), 0);
      memory[average + i] = sum / passes.length;
    }
    return average;
  }
}

/** @param before the results for earlier temperatures */
function explainSentence(
  table: PathTable,
  tags: Int32Array,
  { spans, top }: TagQuestions,
  before: ExplainedTags | undefined,
): ExplainedTags {
  const confidences = spans
    .spansOf(tags)
    .map(([start, end]) => spans.probabilityOf(table, at(tags, start), start, end));
  return {
    confidences: [...(before?.confidences ?? []), confidences],
    alternatives: before?.alternatives ?? (top > 0 ? bestAlternatives(table, top) : []),
  };
}
