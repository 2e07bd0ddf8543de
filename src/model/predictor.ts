import { at, integerAt, integersAt } from '../numerics/at.js';
import type { Numbers } from '../numerics/kernels.js';
import { NO_DOCUMENT } from '../text/sentence.js';
import { BatchMemory, type BatchPlaces, type Example, SHARD_SENTENCES } from './batch.js';
import { ScoredSentences } from './document-context.js';
import { Ensemble, type ExplainedTags, type TagQuestions } from './ensemble.js';
import type { Lexicon } from './lexicon.js';
import { NamedRows } from './named-rows.js';
import type { Network } from './network.js';
import { numbersPerWord } from './projected-words.js';
import { WordCache } from './word-cache.js';

/** The predicted tags of one sentence. */
export interface PredictedTags {
  /** (T), the number of each token's tag */
  readonly tags: Int32Array;
  /** (T), the probability of each by the softmax of its token's logits, from 0 to 1 */
  readonly probabilities: Float32Array;
  /** Undefined if nothing was requested, or if the sentence has none of it. */
  explained?: ExplainedTags | undefined;
}

/** Tags sentences in numbers, with answers in their order. Without documents, no answer depends on other sentences. */
export interface Predictor {
  /** @param documents the number of each sentence's document, within which sentences may share evidence */
  predict(
    examples: readonly Example[],
    lexicon: Lexicon,
    questions?: TagQuestions,
    documents?: readonly number[],
  ): PredictedTags[];
}

/** The largest numbers of sentences and tokens of a batch. */
export const TAGGING_SENTENCES = 64;
export const TAGGING_TOKENS = 2048;

/** The largest number of tokens of a batch that no other thread shares: enough to be fast, with half the memory. */
const TOKENS_ALONE = 1024;

/** The largest number of numbers in the products that are kept: 28 MB. */
const KEPT_NUMBERS = 7_000_000;

/** The largest number of words that are kept; lexicons for tagging have fewer. */
const MOST_WORDS = 65_536;

/** Returns the number of words whose products are kept for each network: at least `tokens`, those of a batch. */
export function taggingWords(
  network: Pick<Network, 'plan' | 'widths' | 'offsets'>,
  tokens: number,
  networks = 1,
): number {
  const kept = Math.floor(KEPT_NUMBERS / (numbersPerWord(network) * networks));
  return Math.max(tokens, Math.min(kept, MOST_WORDS));
}

/**
 * Tags sentences batch by batch, sentences of similar length together.
 *
 * @param cache the cache of the batch's words
 * @param run multiplies out the new words, which get the places from `first` to `last`, exclusive, tags the batch, and
 *   returns the requested results of its sentences
 */
export function predictInBatches(
  batch: BatchMemory,
  cache: WordCache,
  examples: readonly Example[],
  lexicon: Lexicon,
  run: (
    words: { readonly first: number; readonly last: number },
    places: BatchPlaces,
  ) => readonly (ExplainedTags | undefined)[],
): PredictedTags[] {
  const lengthOf = (index: number): number => at(examples, index).targets.length;
  const order = [...examples.keys()].filter((index) => lengthOf(index) > 0);
  order.sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  const answers = examples.map(({ targets }): PredictedTags => {
    return { tags: new Int32Array(targets.length), probabilities: new Float32Array(targets.length) };
  });
  const tokens = batch.capacity;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let sum = 0;
    while (to < order.length && to - from < TAGGING_SENTENCES && sum + lengthOf(at(order, to)) <= tokens) {
      sum += lengthOf(at(order, to++));
    }
    if (to === from) throw new Error(`a sentence has more than ${tokens} tokens`);
    const members = order.slice(from, to);
    const own = members.map((index) => at(examples, index));
    const words = own.map((example) => example.words);
    const rows = words.map(({ length }) => new Int32Array(length));
    cache.prepare(lexicon, sum);
    batch.fill(own, (member, t, row) => {
      integersAt(rows, member)[t] = row;
      return cache.slotOf(integerAt(integersAt(words, member), t));
    });
    const explained = run(cache.takeNew(), { members, rows });
    for (const [member, index] of members.entries()) {
      const answer = at(answers, index);
      batch.readTags(at(rows, member), answer);
      if (explained[member]) answer.explained = explained[member];
    }
    from = to;
  }
  return answers;
}

interface TaggingBuffers {
  readonly batch: BatchMemory;
  readonly cache: WordCache;
  readonly ensemble: Ensemble;
}

/** Tags in the calling thread; its memory grows with the longest sentence. */
export class SinglePredictor implements Predictor {
  readonly #network: Network;
  readonly #others: readonly Network[];
  readonly #share: number;
  readonly #used: number;
  #longest = 0;
  /** Whether the cache has its whole size. Few words need little of it, and to get the rest takes longer than to tag a sentence. */
  #isWhole = false;
  #buffers: TaggingBuffers | undefined;

  /** @param others networks of the same plan; all must be the last to have allocated memory of their kernels */
  constructor(network: Network, others: readonly Network[] = [], share = 0) {
    this.#network = network;
    this.#others = others;
    this.#share = share;
    this.#used = network.kernels.used;
  }

  predict(
    examples: readonly Example[],
    lexicon: Lexicon,
    questions?: TagQuestions,
    documents?: readonly number[],
  ): PredictedTags[] {
    const longest = examples.reduce((length, { targets }) => Math.max(length, targets.length), 1);
    const { batch, cache, ensemble } = this.#buffersFor(longest, lexicon.size);
    const run = (work: (shard: number, places: BatchPlaces) => (ExplainedTags | undefined)[]): PredictedTags[] =>
      predictInBatches(batch, cache, examples, lexicon, ({ first, last }, places) => {
        ensemble.multiply(first, last);
        return Array.from({ length: batch.shardCount }, (_, shard) => work(shard, places)).flatMap((explained) =>
          Object.assign(new Array<ExplainedTags | undefined>(SHARD_SENTENCES).fill(undefined), explained),
        );
      });
    const ask = (shard: number, { members }: BatchPlaces): TagQuestions | undefined =>
      questions?.visit
        ? {
            ...questions,
            visit: (table, sentence) => questions.visit?.(table, at(members, SHARD_SENTENCES * shard + sentence)),
          }
        : questions;
    const hasDocuments = documents?.some((document) => document !== NO_DOCUMENT);
    if (!documents || !hasDocuments || this.#share === 0)
      return run((shard, places) => ensemble.tag(shard, ask(shard, places)));

    const { tags: W } = this.#network.widths;
    const scored = new ScoredSentences(examples, documents, W);
    const logitsOf = (shard: number): Numbers => {
      const { steps } = batch.shard(shard);
      return this.#network.kernels.memory.subarray(ensemble.logits, ensemble.logits + steps.N * W);
    };
    run((shard, places) => {
      ensemble.score(shard);
      scored.store(places, shard, logitsOf(shard));
      return [];
    });
    scored.shareEvidence(this.#share);
    return run((shard, places) => {
      scored.restore(places, shard, logitsOf(shard));
      return ensemble.decode(shard, ask(shard, places));
    });
  }

  /** @param known the number of words in the lexicon */
  #buffersFor(longest: number, known: number): TaggingBuffers {
    const isLonger = longest > this.#longest;
    const isMore = !this.#isWhole && known > TOKENS_ALONE;
    if (!this.#buffers || isLonger || isMore) {
      const network = this.#network;
      if (isLonger) this.#longest = Math.max(64, longest, Math.min(2 * this.#longest, TOKENS_ALONE));
      this.#isWhole ||= isMore;
      const tokens = Math.max(TOKENS_ALONE, this.#longest);
      network.kernels.release(this.#used);
      const words = this.#isWhole ? taggingWords(network, tokens, 1 + this.#others.length) : tokens;
      const longestHere = this.#longest;
      const batch = new BatchMemory(network, {
        sentences: TAGGING_SENTENCES,
        rows: tokens,
        longest: longestHere,
        words,
      });
      const named = new NamedRows(network.kernels, network.plan.tables, tokens);
      const cache = new WordCache(words, named);
      const shardTokens = Math.min(tokens, SHARD_SENTENCES * longestHere);
      const ensemble = new Ensemble([network, ...this.#others], batch, named, shardTokens, longestHere);
      this.#buffers = { batch, cache, ensemble };
    }
    return this.#buffers;
  }
}
