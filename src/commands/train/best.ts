import type { Evaluation } from '../../evaluation/evaluation.js';
import { evaluateTagger, scoreTagger } from '../../evaluation/score-tagger.js';
import type { Scores } from '../../evaluation/scores.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import type { Model } from '../../model/model.js';
import { createTagger, type Tagger } from '../../model/tagger.js';
import type { Forgetting } from '../../reports/forgetting.js';
import type { LabelledSentences, Scheme } from '../../text/scheme.js';
import { measureForgetting } from './initial.js';
import type { PreparedTraining } from './prepare.js';

export interface BestModel {
  readonly epoch: number;
  readonly scheme: Scheme;
  /** The checkpoint's text, piece by piece; it can be asked for once. */
  readonly checkpoint: Iterable<string>;
  readonly model: Model;
  readonly dev: Scores;
  readonly test: Scores | undefined;
  /** Where training went on with a model, and it can be measured. */
  readonly forgetting: Forgetting | undefined;
  /** All that a report says of it on dev and, where there is one, on test. */
  evaluate(): { readonly dev: Evaluation; readonly test: Evaluation | undefined };
}

/**
 * A trained model, and how it does on dev, on test and on what it knew before.
 *
 * @param tagger one of the model
 */
export function describeBest(
  model: Model,
  { data, initial, oldDev }: PreparedTraining,
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
    forgetting: measureForgetting(initial, tagger, oldDev),
    evaluate: () => ({ dev: evaluated(data.dev), test: data.test && evaluated(data.test) }),
  };
}
