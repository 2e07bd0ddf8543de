import { checkSize } from '../../model/checkpoint.js';
import type { Language } from '../../model/language.js';
import { networkLayout } from '../../model/layout.js';
import { planNetwork } from '../../model/plan-network.js';
import type { Settings } from '../../settings/settings.js';
import { allowedTransitions } from '../../text/transitions.js';
import { encodeSentences, type TrainingExamples } from '../../training/examples.js';
import type { Job } from '../../training/member.js';
import { planJob } from '../../training/trainer.js';
import type { TrainingCorpora } from './data.js';
import type { Vectors } from './read-vectors.js';

/** A network's sizes, and the work of training it. */
export interface TrainingPlan {
  readonly job: Job;
  /** The training sentences as numbers. */
  readonly examples: TrainingExamples;
  /** Number of weights of all networks. */
  readonly parameters: number;
}

/**
 * Plans the network and its training.
 *
 * @throws UserError if the network would be too large for a checkpoint
 */
export function planTraining(
  settings: Settings,
  language: Language,
  { train, dev, test, oldDev }: TrainingCorpora,
  vectors: Vectors | undefined,
): TrainingPlan {
  const { tags, features, innerScheme } = language;
  const network = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const parameters = settings.networks * networkLayout(network).count;
  checkSize(parameters + (vectors?.numbers.length ?? 0));
  const examples = encodeSentences(train.sentences, language);
  const longest = [dev, test, oldDev]
    .flatMap((part) => part?.sentences ?? [])
    .reduce((length, { tokens }) => Math.max(length, tokens.length), 1);
  return { job: planJob(network, settings, examples.sentences, longest, examples.tagSets.sets), examples, parameters };
}
