import { checkSize } from '../../model/checkpoint.js';
import type { Language } from '../../model/language.js';
import { networkLayout } from '../../model/layout.js';
import { planNetwork } from '../../model/plan-network.js';
import type { Settings } from '../../settings/settings.js';
import type { LabelledSentences } from '../../text/scheme.js';
import { allowedTransitions } from '../../text/transitions.js';
import { encodeSentences, type TrainingExamples } from '../../training/examples.js';
import type { Folds } from '../../training/folds.js';
import type { Job } from '../../training/member.js';
import { planJob } from '../../training/trainer.js';
import type { TrainingCorpora } from './data.js';
import { restrictLanguage } from './language.js';
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
  { train, dev, test, oldDev }: Pick<TrainingCorpora, 'train' | 'dev' | 'test' | 'oldDev'>,
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

/** The work of training one network: the language that it speaks, what it is trained on and what chooses its best epoch. */
export interface NetworkTask extends Pick<TrainingPlan, 'job' | 'examples'> {
  readonly language: Language;
  readonly dev: LabelledSentences;
}

/**
 * Plans the networks of a corpus in folds: each is trained on all folds but one, with the words and values that occur
 * there, so that those of its dev are as new to it as those of other texts.
 *
 * @param language what the networks know together
 */
export function planFolds(
  settings: Settings,
  language: Language,
  corpora: TrainingCorpora,
  folds: Folds,
  vectors: Vectors | undefined,
): NetworkTask[] {
  const { sentences, scheme } = corpora.train;
  return Array.from({ length: folds.count }, (_, fold) => {
    const train = { sentences: sentences.filter((_, index) => folds.of[index] !== fold), scheme };
    const dev = { sentences: sentences.filter((_, index) => folds.of[index] === fold), scheme };
    const own = restrictLanguage(language, train.sentences);
    const { job, examples } = planTraining(settings, own, { ...corpora, train, dev }, vectors);
    return { job, examples, language: own, dev };
  });
}
