import type { Chooser } from '../../annotation/choice.js';
import type { AnnotationSentence } from '../../annotation/sentence.js';
import { rankByUncertainty } from '../../annotation/uncertainty.js';
import { at } from '../../text/at.js';
import type { Learner } from './learner.js';
import type { SuggestedReading } from './learner-tasks.js';

/** The number of sentences among which a model finds the ones it is least certain of. */
const CANDIDATES = 1500;

/** How many sentences a model reads at once, so that one that is needed at once comes in between. */
const GROUP = 100;

/** How long a sentence waits for the suggestions of the newest model, in milliseconds, and longer by so much a token. */
const PATIENCE = { least: 50, token: 0.1 };

/** What models read in sentences, which are named by their places among the texts. */
export class Suggestions {
  readonly #sentences: readonly Pick<AnnotationSentence, 'tokens'>[];
  readonly #readings = new Map<number, SuggestedReading & { readonly round: number }>();

  constructor(sentences: readonly Pick<AnnotationSentence, 'tokens'>[]) {
    this.#sentences = sentences;
  }

  /** Returns what the newest model that has read a sentence reads in it; undefined if none has. */
  find(index: number): SuggestedReading | undefined {
    return this.#readings.get(index);
  }

  /**
   * Reads the sentences that may be asked next, and ranks them.
   *
   * @param round the number of the model, from 0
   */
  async readCandidates(
    learner: Learner,
    round: number,
    chooser: Chooser,
    isOpen: (index: number) => boolean,
  ): Promise<void> {
    const indices = chooser.candidates(isOpen, CANDIDATES, round);
    for (let from = 0; from < indices.length; from += GROUP)
      await this.#read(learner, indices.slice(from, from + GROUP), round);
    const read = indices.map((index) => {
      return { tokens: this.#tokensOf(index), probability: this.find(index)?.probability ?? 1 };
    });
    chooser.rank(rankByUncertainty(read).map((place) => at(indices, place)));
  }

  /** Reads a sentence, unless the model has done so already, or takes too long. */
  async readSoon(learner: Learner, round: number, index: number): Promise<void> {
    if ((this.#readings.get(index)?.round ?? -1) >= round) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, PATIENCE.least + PATIENCE.token * this.#tokensOf(index).length);
    });
    await Promise.race([this.#read(learner, [index], round).catch(() => {}), late]);
    clearTimeout(timer);
  }

  async #read(learner: Learner, indices: readonly number[], round: number): Promise<void> {
    const readings = await learner.read(indices.map((index) => this.#tokensOf(index)));
    for (const [place, reading] of readings.entries()) this.#readings.set(at(indices, place), { ...reading, round });
  }

  #tokensOf(index: number): string[] {
    return at(this.#sentences, index).tokens.map(({ text }) => text);
  }
}
