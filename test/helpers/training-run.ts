import { writeCheckpoint } from '../../src/model/checkpoint.js';
import type { EpochScores, Model } from '../../src/model/model.js';
import { planNetwork } from '../../src/model/plan-network.js';
import { Tagger } from '../../src/model/tagger.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { featuresOf, resolveSettings, type SettingsInput } from '../../src/settings/settings.js';
import { collectFeatures, type WordFeature, type WordKnowledge, wordFeatures } from '../../src/text/features.js';
import { detectScheme, innerSchemeOf } from '../../src/text/scheme.js';
import type { Sentence } from '../../src/text/sentence.js';
import { allowedTransitions } from '../../src/text/transitions.js';
import { buildVocabulary } from '../../src/text/vocabulary.js';
import { chanceFor } from '../../src/training/chance.js';
import { collectTags, encodeSentences } from '../../src/training/examples.js';
import {
  type EpochProgress,
  type LoopOptions,
  type StepProgress,
  type TrainingResult,
  trainNetwork,
} from '../../src/training/loop.js';
import { Member } from '../../src/training/member.js';
import { planJob, Trainer } from '../../src/training/trainer.js';

/** Length up to which sentences can be tagged while training, however short those of the corpus. */
const LONGEST_OTHER = 16;

/** A model before its first step, with what trains it. */
export interface Trainee {
  readonly untrained: Omit<Model, 'history'>;
  readonly leader: Member;
  readonly trainer: Trainer;
  readonly tagger: Tagger;
  readonly options: LoopOptions;
}

/**
 * Prepares training on sentences in memory in one thread, as the story of `rnn train` does with files.
 *
 * @param moreFeatures features beside those that the settings name
 * @param knowledge what is known of words from elsewhere
 */
export function createTrainee(
  sentences: readonly Sentence[],
  given: SettingsInput,
  changes: Partial<LoopOptions> = {},
  kernels: Kernels = createReferenceKernels(),
  moreFeatures: readonly WordFeature[] = [],
  knowledge: WordKnowledge = {},
): Trainee {
  const settings = resolveSettings(given, 'textbook');
  const { vocabularySize: size, minCount, lowercase, foldDigits } = settings;
  const vocabulary = buildVocabulary(sentences, { size, minCount, lowercase, foldDigits });
  const scheme = detectScheme(sentences, settings.outside);
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const tags = collectTags(sentences, scheme, innerScheme);
  const features = collectFeatures(
    sentences,
    [...wordFeatures(featuresOf(settings)), ...moreFeatures],
    vocabulary,
    knowledge,
  );
  const language = { scheme, innerScheme, tags, features };
  const examples = encodeSentences(sentences, language);
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const job = planJob(plan, settings, examples.sentences, LONGEST_OTHER);
  const leader = new Member(kernels, job, 0, 1);
  const { network } = leader;
  network.initialise(chanceFor(settings.seed, 'weights'));
  const steps = settings.epochs * Math.ceil(sentences.length / settings.batchSize);
  const trainer = new Trainer(leader, examples, settings, steps);
  const corpora = { train: { sha256: '0'.repeat(64), sentences: sentences.length, tokens: 0 } };
  const lengths = examples.sentences.map(({ targets }) => targets.length);
  const evaluate = () => scoresOf(0);
  const pause = async () => {};
  return {
    untrained: { settings, language, network, corpora },
    leader,
    trainer,
    tagger: new Tagger(language, trainer),
    options: { settings, lengths, trainer, evaluate, measure: 'f1', pause, ...changes },
  };
}

/** Scores of an epoch of which only the F1 matters. */
export function scoresOf(f1: number, accuracy = 0): EpochScores {
  return { precision: 0, recall: 0, f1, accuracy };
}

/** Trains to the end and keeps what it told on the way. */
export async function runTraining(
  options: LoopOptions,
  listen: (event: StepProgress | EpochProgress) => void = () => {},
): Promise<TrainingResult & { steps: StepProgress[]; epochs: EpochProgress[] }> {
  const steps: StepProgress[] = [];
  const epochs: EpochProgress[] = [];
  const training = trainNetwork(options);
  for (;;) {
    const { value, done } = await training.next();
    if (done) return { ...value, steps, epochs };
    listen(value);
    if (value.kind === 'step') steps.push(value);
    else epochs.push(value);
  }
}

/** The checkpoint's text after training to the end. */
export async function trainToCheckpoint({ untrained, options }: Trainee): Promise<string> {
  const { history } = await runTraining(options);
  if (!history) throw new Error('no epoch came to its end');
  return writeCheckpoint({ ...untrained, history });
}
