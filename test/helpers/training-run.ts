import { writeCheckpoint } from '../../src/model/checkpoint.js';
import type { EpochScores, Model } from '../../src/model/model.js';
import { initialise, networkShapes } from '../../src/model/network.js';
import { Tagger } from '../../src/model/tagger.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { allocateParameters } from '../../src/numerics/parameters.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { resolveSettings, type SettingsInput } from '../../src/settings/settings.js';
import { detectScheme } from '../../src/text/scheme.js';
import type { Sentence } from '../../src/text/sentence.js';
import { buildVocabulary } from '../../src/text/vocabulary.js';
import { chanceFor } from '../../src/training/chance.js';
import { collectTags, encodeSentences, type TrainingExample } from '../../src/training/examples.js';
import {
  type EpochProgress,
  type StepProgress,
  type TrainingOptions,
  type TrainingResult,
  trainNetwork,
} from '../../src/training/loop.js';

/** A model before its first step, with what trains it. */
export interface Trainee {
  readonly untrained: Omit<Model, 'history'>;
  readonly tagger: Tagger;
  readonly examples: readonly TrainingExample[];
  readonly options: TrainingOptions;
}

/** Prepares training on sentences in memory, as the story of `rnn train` does with files. */
export function createTrainee(
  sentences: readonly Sentence[],
  given: SettingsInput,
  changes: Partial<TrainingOptions> = {},
  kernels: Kernels = createReferenceKernels(),
): Trainee {
  const settings = resolveSettings(given);
  const { vocabularySize: size, minCount, lowercase, foldDigits } = settings;
  const vocabulary = buildVocabulary(sentences, { size, minCount, lowercase, foldDigits });
  const tags = collectTags(sentences);
  const shapes = networkShapes({ V: vocabulary.size, H: settings.hidden, K: tags.length });
  const parameters = allocateParameters(shapes, kernels);
  initialise(parameters, chanceFor(settings.seed, 'weights'));
  const examples = encodeSentences(sentences, vocabulary, tags);
  const corpora = { train: { sha256: '0'.repeat(64), sentences: sentences.length, tokens: 0 } };
  const scheme = detectScheme(sentences, settings.outside);
  const untrained = { settings, scheme, tags, vocabulary, parameters, corpora };
  const evaluate = () => scoresOf(0);
  const pause = async () => {};
  const options = { kernels, settings, parameters, examples, evaluate, measure: 'f1', pause, ...changes } as const;
  return { untrained, tagger: new Tagger(untrained, kernels), examples, options };
}

/** Scores of an epoch of which only the F1 matters. */
export function scoresOf(f1: number, accuracy = 0): EpochScores {
  return { precision: 0, recall: 0, f1, accuracy };
}

/** Trains to the end and keeps what it told on the way. */
export async function runTraining(
  options: TrainingOptions,
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
