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
  const sentences = examples.sentences.map((example, index) => {
    const key = sentenceKey(seed, 'outside', 0, index);
    const targets = example.targets.map((target, t) =>
      target < 0 && isMostlyOutside[-1 - target] && falls(tokenKey(key, t), outsideRate) ? outside : target,
    );
    return { ...example, targets };
  });
  return { ...examples, sentences };
}
