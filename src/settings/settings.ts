import * as z from 'zod';
import { badUsage } from '../errors.js';
import {
  FEATURES_BY_INPUT,
  FEEDFORWARD_WINDOW,
  featureSettings,
  parseFeatures,
  vocabularySettings,
} from './features.js';
import { networkSettings } from './network.js';
import { oneOf } from './one-of.js';
import {
  type CorpusSize,
  durationFor,
  FEWEST_FAST_EPOCHS,
  fastEpochsFor,
  LEARNING_RATES,
  trainingSettings,
} from './training.js';

const tagSettings = {
  outside: z.string().min(1).optional().describe('tag of tokens outside all entities, if it is not O'),
};

/** The settings by topic, in the order of the schema. */
export const SETTING_GROUPS = {
  network: networkSettings,
  'input features': featureSettings,
  vocabulary: vocabularySettings,
  training: trainingSettings,
  tags: tagSettings,
} as const;

/** Defines every setting that affects a checkpoint. Flags, their help and the checkpoint's format derive from it. */
export const settingsSchema = z.strictObject({
  ...networkSettings,
  ...featureSettings,
  ...vocabularySettings,
  ...trainingSettings,
  ...tagSettings,
});

/** Settings as given by the user; those left out get their defaults. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** Settings whose default depends on other settings or on the corpus. */
type Derived = 'learningRate' | 'epochs' | 'batchSize' | 'window';

/** Settings with all defaults filled in. */
export type Settings = Omit<z.output<typeof settingsSchema>, Derived> & { readonly [Name in Derived]: number };

/** The schema of `Settings`, as stored in a checkpoint. */
export const resolvedSettingsSchema = settingsSchema.required({
  learningRate: true,
  epochs: true,
  batchSize: true,
  window: true,
});

/** Named bundles of settings. What a bundle leaves out has its default. */
export const PRESETS = {
  default: {},
  accurate: { networks: 5 },
  /** Smaller corpora have more epochs: see `fastEpochsFor`. */
  fast: { cell: 'elman', epochs: FEWEST_FAST_EPOCHS, networks: 1 },
  textbook: {
    cell: 'elman',
    direction: 'forward',
    decoder: 'softmax',
    recode: false,
    documentShare: 0,
    hidden: 128,
    features: 'form',
    input: 'sum',
    vocabularySize: 10_000,
    lowercase: false,
    foldDigits: false,
    optimizer: 'sgd',
    learningRate: 0.1,
    warmup: 0,
    decay: 'none',
    inputDropout: 0,
    dropout: 0,
    batchSize: 32,
    clip: 5,
    epochs: 15,
  },
} as const satisfies Record<string, SettingsInput>;

export type PresetName = keyof typeof PRESETS;

/**
 * Fills in the settings that were left out and depend on nothing else.
 *
 * @throws {UserError} if a setting is unknown or its value is not allowed, exit code 2
 */
export function parseSettings(given: SettingsInput): z.output<typeof settingsSchema> {
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [name], message }) => {
    if (name === undefined) return message;
    return `${String(name)}: ${message}, found ${JSON.stringify(given[name as keyof SettingsInput])}`;
  });
  throw badUsage(`settings: ${problems.join('; ')}`, 'rnn train --help lists the settings');
}

const LARGE_CORPUS: CorpusSize = { sentences: Number.POSITIVE_INFINITY, tokens: Number.POSITIVE_INFINITY };

/**
 * Fills in the settings that were left out: from the preset, else by the size of the corpus and the kind of network,
 * else with their defaults. The result is in the schema's order, so that equal settings are written the same way.
 *
 * @param given settings; undefined counts as left out
 * @param size that of the training corpus; by default, it is a large one
 * @throws {UserError} if a setting, its value or the preset is not allowed, exit code 2
 */
export function resolveSettings(
  given: SettingsInput = {},
  preset: PresetName = 'default',
  size: CorpusSize = LARGE_CORPUS,
): Settings {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { epochs, batchSize } = durationFor(size, given.folds);
  const sized = preset === 'fast' ? { epochs: fastEpochsFor(size.tokens) } : {};
  const chosen: SettingsInput = { ...presetFor(named, preset), ...sized, ...named };
  const settings = parseSettings({ epochs, batchSize, ...settingsFor(chosen), ...chosen });
  const learningRate = settings.learningRate ?? LEARNING_RATES[settings.optimizer];
  return resolvedSettingsSchema.parse({ ...settings, learningRate });
}

/**
 * Returns the values of the settings that a preset or other settings decide where they are left out. Those that depend on
 * the corpus or the cell are missing.
 */
export function presetSettings(given: SettingsInput, preset: PresetName): SettingsInput {
  const bundle = presetFor(given, preset);
  const { features } = settingsFor({ ...bundle, ...given });
  return { features, ...bundle };
}

/** Returns the defaults that depend on the kind of network. */
function settingsFor({ cell, input = 'concatenate' }: SettingsInput): SettingsInput {
  const window = cell === 'feedforward' && input === 'concatenate' ? FEEDFORWARD_WINDOW : 0;
  return { features: FEATURES_BY_INPUT[input], window };
}

/** Returns a preset's settings, without the learning rate if another optimizer is given, which it does not suit. */
function presetFor(given: SettingsInput, preset: PresetName): SettingsInput {
  if (!Object.hasOwn(PRESETS, preset))
    throw badUsage(`preset: expected ${oneOf(Object.keys(PRESETS))}, found ${JSON.stringify(preset)}`);
  const bundle: SettingsInput = { ...PRESETS[preset] };
  if (given.optimizer !== undefined && given.optimizer !== bundle.optimizer) delete bundle.learningRate;
  return bundle;
}

/** Returns the features of a token that the settings name, in the order of their tables. */
export function featuresOf({ features }: Pick<Settings, 'features'>): NonNullable<ReturnType<typeof parseFeatures>> {
  return parseFeatures(features) ?? [];
}
