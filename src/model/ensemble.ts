import type { PathSums } from '../layers/crf.js';
import type { Steps } from '../layers/sequence.js';
import { at, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { type Alternative, bestAlternatives } from './alternatives.js';
import type { BatchMemory } from './batch.js';
import type { NamedRows } from './named-rows.js';
import type { Network } from './network.js';
import { ProjectedWords, WordProjector } from './projected-words.js';
import { type PathTable, readPathTable, type SpanProbabilities } from './span-probability.js';
import { TagDecoder } from './tag-decoder.js';
import { TaggingNetwork } from './tagging-network.js';
import { TaggingPass } from './tagging-pass.js';

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

/** One of the networks that tag together, with its own products of words. */
interface TaggingMember {
  readonly pass: TaggingPass;
  readonly words: ProjectedWords;
  readonly projector: WordProjector;
}

/** Tags with one network, or with several of the same plan whose logits and transition scores are averaged. */
export class Ensemble {
  readonly #network: Network;
  readonly #kernels: Kernels;
  readonly #batch: BatchMemory;
  readonly #named: NamedRows;
  readonly #members: readonly TaggingMember[];
  readonly #decoder: TagDecoder;
  /** (W² + 2W), the weights of the CRF */
  readonly #weights: Address;

  /**
   * @param networks at least one
   * @param named the rows that new words of the batch name
   * @param capacity the largest number of tokens of a shard
   */
  constructor(networks: readonly Network[], batch: BatchMemory, named: NamedRows, capacity: number, longest: number) {
    this.#network = at(networks, 0);
    this.#kernels = this.#network.kernels;
    this.#batch = batch;
    this.#named = named;
    this.#members = networks.map((network) => {
      const tagging = new TaggingNetwork(network);
      tagging.quantise();
      return {
        pass: new TaggingPass(tagging, capacity),
        words: new ProjectedWords(network, batch.wordCapacity),
        projector: new WordProjector(tagging),
      };
    });
    this.#decoder = new TagDecoder(this.#network, longest);
    this.#weights = networks.length === 1 ? this.#decoder.weights : this.#averageWeights(networks);
  }

  /** Multiplies new words out, which get the places from `first` to `last`, exclusive. */
  multiply(first: number, last: number): void {
    for (const { projector, words } of this.#members) projector.project(this.#named, 0, last - first, words, first);
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
    return at(this.#members, 0).pass.outputs;
  }

  /** Computes the logits of one shard of the batch, which stand in `logits` afterwards. */
  score(index: number): void {
    const { memory } = this.#kernels;
    const shard = this.#batch.shard(index);
    const { logits } = this;
    const n = shard.steps.N * this.#network.widths.tags;
    for (const [member, { pass, words }] of this.#members.entries()) {
      pass.forward(shard, words);
      if (member > 0) this.#kernels.add(pass.outputs, logits, n);
    }
    const count = this.#members.length;
    if (count > 1) for (let i = 0; i < n; i++) memory[logits + i] = at(memory, logits + i) / count;
  }

  /** Tags one shard by its logits in `logits`, and returns the results that `tag` does. */
  decode(index: number, questions?: TagQuestions): (ExplainedTags | undefined)[] {
    const { steps } = this.#batch.shard(index);
    const row = this.#batch.rowOf(index);
    const best = shifted(this.#batch.best, row);
    this.#decoder.decode(steps, this.logits, this.#weights, best);
    const explained = questions ? this.#explain(steps, best, questions) : [];
    this.#decoder.readProbabilities(steps, this.logits, best, shifted(this.#batch.probabilities, row));
    return explained;
  }

  #explain(steps: Steps, best: Address, questions: TagQuestions): (ExplainedTags | undefined)[] {
    const { integers } = this.#kernels;
    const { plan, widths } = this.#network;
    const explained: (ExplainedTags | undefined)[] = [];
    let tags = new Int32Array();
    const wants = ({ T, rows }: Pick<PathSums, 'T' | 'rows'>): boolean => {
      tags = new Int32Array(T);
      for (let t = 0; t < T; t++) tags[t] = integerAt(integers, best + integerAt(integers, rows + t));
      return questions.top > 0 || questions.visit !== undefined || questions.spans.spansOf(tags).length > 0;
    };
    for (const temperature of questions.temperatures)
      this.#decoder.sumPaths(steps, this.logits, this.#weights, temperature, wants, (sums, sentence) => {
        const table = readPathTable(this.#kernels, sums, plan.tags, widths.tags);
        if (!explained[sentence]) questions.visit?.(table, sentence);
        explained[sentence] = explainSentence(table, tags, questions, explained[sentence]);
      });
    return explained;
  }

  /** Averages the weights of the CRF; those of a softmax are 0. */
  #averageWeights(networks: readonly Network[]): Address {
    const { tags: W } = this.#network.widths;
    const n = W * W + 2 * W;
    const average = this.#kernels.allocate(n);
    if (this.#network.plan.decoder !== 'crf') return average;
    const { memory } = this.#kernels;
    const weights = networks.map((network) => network.weightsOf('crf.transitions'));
    for (let i = 0; i < n; i++)
      memory[average + i] = weights.reduce((sum, own) => sum + at(memory, own + i), 0) / networks.length;
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
