import { at } from '../numerics/at.js';
import type { Settings } from '../settings/settings.js';
import { OUTSIDE_RATE } from '../settings/training.js';
import { falls, sentenceKey, tokenKey } from './chance.js';
import type { TrainingExamples } from './examples.js';

/**
 * Takes some of the tokens that are mostly outside, drawn by the seed, as outside for certain: where no token is known to be
 * outside, a network that sees entities everywhere fits as well as any. The others stay unknown, so that few of the entities that
 * are not marked are trained as none (Li et al. 2021, "Empirical analysis of unlabeled entity problem in named entity
 * recognition", section 4). They are the same in all epochs, or the network would see each of them as outside some day.
 */
export function drawOutside(
  examples: TrainingExamples,
  { seed, outsideRate = OUTSIDE_RATE }: Pick<Settings, 'seed' | 'outsideRate'>,
): TrainingExamples {
  const { isMostlyOutside, outside } = examples.tagSets;
  if (!isMostlyOutside.includes(true)) return examples;
  const mayBeNamed = wordsOfEntities(examples);
  const sentences = examples.sentences.map((example, index) => {
    const key = sentenceKey(seed, 'outside', 0, index);
    const isDrawn = (target: number, t: number): boolean =>
      target < 0 &&
      isMostlyOutside[-1 - target] === true &&
      mayBeNamed[at(example.words, t)] === 0 &&
      falls(tokenKey(key, t), outsideRate);
    const targets = example.targets.map((target, t) => (isDrawn(target, t) ? outside : target));
    return { ...example, targets };
  });
  return { ...examples, sentences };
}

/** The share of a word's tokens in marked entities from which on none of its other tokens is drawn. */
const SHARE_OF_NAME = 0.1;

/** Returns 1 for each word of the lexicon that is often in a marked entity, and is probably in others that are not. */
function wordsOfEntities({ lexicon, sentences, tagSets: { outside } }: TrainingExamples): Uint8Array {
  const all = new Uint32Array(lexicon.size);
  const marked = new Uint32Array(lexicon.size);
  for (const { words, targets } of sentences)
    for (const [t, word] of words.entries()) {
      const target = at(targets, t);
      all[word] = at(all, word) + 1;
      if (target >= 0 && target !== outside) marked[word] = at(marked, word) + 1;
    }
  return Uint8Array.from(marked, (count, word) => (count > 0 && count >= SHARE_OF_NAME * at(all, word) ? 1 : 0));
}
