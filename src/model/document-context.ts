import { at } from '../numerics/at.js';
import type { Numbers } from '../numerics/kernels.js';
import { NO_DOCUMENT } from '../text/sentence.js';
import { type BatchPlaces, type Example, SHARD_SENTENCES } from './batch.js';

/** The logits of a word's tokens in one document. */
interface WordEvidence {
  /** (W), the sum of the tokens' logits, added in their order */
  readonly sum: Float64Array;
  count: number;
}

const NOTHING: WordEvidence = { sum: new Float64Array(0), count: 0 };

/** The logits of sentences that belong to documents. */
export class ScoredSentences {
  readonly #examples: readonly Pick<Example, 'words'>[];
  readonly #documents: readonly number[];
  readonly #W: number;
  /** (T, W) for each sentence */
  readonly #logits: readonly Float32Array[];

  /**
   * @param documents the number of each sentence's document, or `NO_DOCUMENT`
   * @param W the number of logits of a token, padding included
   */
  constructor(examples: readonly Pick<Example, 'words'>[], documents: readonly number[], W: number) {
    this.#examples = examples;
    this.#documents = documents;
    this.#W = W;
    this.#logits = examples.map(({ words }) => new Float32Array(words.length * W));
  }

  /** Copies the logits (N, W) of one shard of the batch at `places`. */
  store(places: BatchPlaces, shard: number, logits: Numbers): void {
    this.#visit(places, shard, (own, start, row) => own.set(logits.subarray(row, row + this.#W), start));
  }

  /** Copies stored logits back to those of a shard, the inverse of `store`. */
  restore(places: BatchPlaces, shard: number, logits: Numbers): void {
    this.#visit(places, shard, (own, start, row) => logits.set(own.subarray(start, start + this.#W), row));
  }

  /**
   * Moves the logits of each token towards the mean over all tokens of its document that are the same word. Krishnan &
   * Manning (2006) do so with the majority of labels and a second model.
   *
   * @param share how far they move, from 0 (not at all) to 1 (to the mean)
   */
  shareEvidence(share: number): void {
    const documents = this.#gather();
    const W = this.#W;
    for (const [sentence, { words }] of this.#examples.entries()) {
      const evidence = documents.get(at(this.#documents, sentence));
      const logits = at(this.#logits, sentence);
      for (const [t, word] of words.entries()) {
        const { sum, count } = evidence?.get(word) ?? NOTHING;
        if (count < 2) continue;
        for (let k = 0; k < W; k++) {
          const own = at(logits, t * W + k);
          logits[t * W + k] = own + share * (at(sum, k) / count - own);
        }
      }
    }
  }

  /** Sums the logits by document and word. */
  #gather(): Map<number, Map<number, WordEvidence>> {
    const documents = new Map<number, Map<number, WordEvidence>>();
    const W = this.#W;
    for (const [sentence, { words }] of this.#examples.entries()) {
      const document = at(this.#documents, sentence);
      if (document === NO_DOCUMENT) continue;
      const known = documents.get(document) ?? new Map<number, WordEvidence>();
      documents.set(document, known);
      const logits = at(this.#logits, sentence);
      for (const [t, word] of words.entries()) {
        const evidence = known.get(word) ?? { sum: new Float64Array(W), count: 0 };
        known.set(word, evidence);
        evidence.count++;
        for (const [k, sum] of evidence.sum.entries()) evidence.sum[k] = sum + at(logits, t * W + k);
      }
    }
    return documents;
  }

  /** Visits each token of a shard: its sentence's logits, and where its own begin there and in the shard. */
  #visit(
    { members, rows }: BatchPlaces,
    shard: number,
    visit: (logits: Float32Array, start: number, row: number) => void,
  ): void {
    const first = shard * SHARD_SENTENCES;
    const firstRow = at(at(rows, first), 0);
    for (let member = first; member < Math.min(first + SHARD_SENTENCES, members.length); member++) {
      const logits = at(this.#logits, at(members, member));
      for (const [t, row] of at(rows, member).entries()) visit(logits, t * this.#W, (row - firstRow) * this.#W);
    }
  }
}
