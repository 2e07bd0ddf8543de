import type { Evaluation } from './evaluation/evaluation.js';
import { evaluateTagger, scoreTagger } from './evaluation/score-tagger.js';
import type { Scores } from './evaluation/scores.js';
import { writeCheckpointInPieces } from './model/checkpoint.js';
import type { Model } from './model/model.js';
import { createTagger, type Tagger } from './model/tagger.js';
import type { TrainingData } from './node/training-data.js';
import type { LabelledSentences, Scheme } from './text/scheme.js';

export interface BestModel {
  readonly epoch: number;
  readonly scheme: Scheme;
  /** The checkpoint's text, piece by piece; it can be asked for once. */
  readonly checkpoint: Iterable<string>;
  readonly model: Model;
  readonly dev: Scores;
  readonly test: Scores | undefined;
  /** All that a report says of it on dev and, where there is one, on test. */
  evaluate(): { readonly dev: Evaluation; readonly test: Evaluation | undefined };
}

/**
 * A trained model, and how it does on dev and test.
 *
 * @param tagger one of the model
 */
export function describeBest(
  model: Model,
  data: Pick<TrainingData, 'dev' | 'test'>,
  tagger: Tagger = createTagger(model),
): BestModel {
  const { settings, language, entities, history } = model;
  const evaluated = (part: LabelledSentences): Evaluation =>
    evaluateTagger(tagger, part, { seed: settings.seed, known: entities });
  return {
    epoch: history.bestEpoch,
    scheme: language.scheme,
    checkpoint: writeCheckpointInPieces(model),
    model,
    dev: scoreTagger(tagger, data.dev),
    test: data.test && scoreTagger(tagger, data.test),
    evaluate: () => ({ dev: evaluated(data.dev), test: data.test && evaluated(data.test) }),
  };
}
