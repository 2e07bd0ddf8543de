import { Lexicon } from '../../src/model/lexicon.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import { FeatureSet } from '../../src/text/features.js';
import { Vocabulary } from '../../src/text/vocabulary.js';

const NO_FEATURES = new FeatureSet([], new Vocabulary([], { lowercase: false, foldDigits: false }), []);

/** All words that the tables of a plan tell apart: one for each choice of a row, of letters the first, in every table. */
export class PlanLexicon extends Lexicon {
  readonly #rows: readonly number[];

  constructor({ tables }: NetworkPlan) {
    super(NO_FEATURES);
    this.#rows = tables.map(({ rows }) => rows);
  }

  override get size(): number {
    return this.#rows.reduce((product, rows) => product * rows, 1);
  }

  override idOf(word: number, table: number, place = 0): number {
    const below = this.#rows.slice(0, table).reduce((product, rows) => product * rows, 1);
    return (Math.floor(word / below) + place * (place + word)) % (this.#rows[table] as number);
  }

  /** The word that names these rows. */
  wordOf(...ids: readonly number[]): number {
    return ids.reduceRight((word, id, table) => word * (this.#rows[table] as number) + id, 0);
  }
}
