import { at } from '../numerics/at.js';
import { createKernels } from '../numerics/fastest.js';
import type { Prediction } from './decode.js';
import type { Language } from './language.js';
import { documentShareOf, type ModelForTagging } from './model.js';
import { Network } from './network.js';
import { createTagger, type SentenceTagger, type Tagger, type TagWishes } from './tagger.js';

/**
 * Tags the sentences of a corpus in folds, each with the network of the model that was not trained on it. The networks are
 * copies with a memory of their own, so that another tagger can be used beside this one.
 */
export class HeldOutTagger implements SentenceTagger {
  readonly language: Language;
  readonly #model: ModelForTagging;
  readonly #networks: readonly Network[];
  readonly #folds: readonly number[];
  readonly #used: number;

  /** @param folds the number, from 0, of the network that tags each sentence */
  constructor(model: ModelForTagging, folds: readonly number[]) {
    this.language = model.language;
    this.#model = model;
    this.#folds = folds;
    const kernels = createKernels();
    const { network: first, others = [] } = model;
    const sharer = copyOf(first, kernels);
    sharer.setVectors(first.copyVectors());
    this.#networks = [sharer, ...others.map(({ network }) => copyOf(network, kernels, sharer))];
    this.#used = kernels.used;
  }

  predict(
    sentences: readonly (readonly string[])[],
    wishes: TagWishes = {},
    documents?: readonly number[],
  ): Prediction[] {
    return this.#byFold(sentences, documents, (tagger, ...own) => tagger.predict(own[0], wishes, own[1]));
  }

  predictAt(
    sentences: readonly (readonly string[])[],
    temperatures: readonly number[],
    documents?: readonly number[],
  ): ReturnType<Tagger['predictAt']> {
    return this.#byFold(sentences, documents, (tagger, ...own) => tagger.predictAt(own[0], temperatures, own[1]));
  }

  hidingLevels(
    sentences: readonly (readonly string[])[],
    temperature: number,
    documents?: readonly number[],
  ): number[][] {
    return this.#byFold(sentences, documents, (tagger, ...own) => tagger.hidingLevels(own[0], temperature, own[1]));
  }

  /** Asks the tagger of each fold about its sentences, and returns the answers in the order of all. */
  #byFold<Answer>(
    sentences: readonly (readonly string[])[],
    documents: readonly number[] | undefined,
    ask: (
      tagger: Tagger,
      sentences: readonly (readonly string[])[],
      documents: readonly number[] | undefined,
    ) => readonly Answer[],
  ): Answer[] {
    if (sentences.length !== this.#folds.length)
      throw new Error(`expected the ${this.#folds.length} sentences of the corpus, found ${sentences.length}`);
    const answers = new Array<Answer>(sentences.length);
    for (const [fold, network] of this.#networks.entries()) {
      const places = [...sentences.keys()].filter((place) => this.#folds[place] === fold);
      // The tagger of the fold before is not used again: its memory is free.
      network.kernels.release(this.#used);
      const { settings, language, temperature } = this.#model;
      const tagger = createTagger({
        ...{ settings, language, temperature, network },
        documentShare: documentShareOf(this.#model),
      });
      const found = ask(
        tagger,
        places.map((place) => at(sentences, place)),
        documents && places.map((place) => at(documents, place)),
      );
      for (const [index, place] of places.entries()) answers[place] = at(found, index);
    }
    return answers;
  }
}

function copyOf(network: Network, kernels: Network['kernels'], sharer?: Network): Network {
  const copy = new Network(kernels, network.plan, sharer);
  copy.setWeights(network.copyWeights());
  return copy;
}
