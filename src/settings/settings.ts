import * as z from 'zod';
import { FEATURES_BY_INPUT, FEEDFORWARD_WINDOW, featureSettings, parseFeatures } from './features.js';
import { networkSettings } from './network.js';
import { BY_SIZE, LEARNING_RATES, trainingSettings } from './training.js';
import { vocabularySettings } from './vocabulary.js';

const tagSettings = {
  outside: z.string().min(1).optional().describe('the tag outside all names, where it is not O'),
};

/** The settings by what they are about, in the order of the schema. */
export const SETTING_GROUPS = {
  'the network': networkSettings,
  'what of a token it sees': featureSettings,
  'its words': vocabularySettings,
  'how it learns': trainingSettings,
  'tags of the corpus': tagSettings,
} as const;

/** Every setting that affects a checkpoint, once: the flags, their help and the checkpoint come from here. */
export const settingsSchema = z.strictObject({
  ...networkSettings,
  ...featureSettings,
  ...vocabularySettings,
  ...trainingSettings,
  ...tagSettings,
});

/** Settings as a person gives them: what is left out has a default. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** Settings that have no default of their own. */
type Derived = 'learningRate' | 'epochs' | 'batchSize' | 'window';

/** Settings with every default filled in. */
export type Settings = Omit<z.output<typeof settingsSchema>, Derived> & { readonly [Name in Derived]: number };

/** The same, to read what a checkpoint stored. */
export const resolvedSettingsSchema = settingsSchema.required({
  learningRate: true,
  epochs: true,
  batchSize: true,
  window: true,
});

/** Named bundles of settings; what a bundle leaves out has its default. */
export const PRESETS = {
  default: {},
  accurate: { networks: 5 },
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
 * Fills in what a person left out: given, then preset, then what suits the corpus's size and the network, then
 * default. The result lists them in the schema's order, so that equal settings are written alike.
 *
 * @param given settings already of the right types; undefined counts as left out
 * @param tokens of the training corpus
 */
export function resolveSettings(
  given: SettingsInput = {},
  preset: PresetName = 'default',
  tokens = Number.POSITIVE_INFINITY,
): Settings {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { epochs, batchSize } = BY_SIZE.find((row) => tokens <= row.tokens) ?? BY_SIZE[BY_SIZE.length - 1];
  const chosen: SettingsInput = { ...presetFor(named, preset), ...named };
  const settings = settingsSchema.parse({ epochs, batchSize, ...settingsFor(chosen), ...chosen });
  const learningRate = settings.learningRate ?? LEARNING_RATES[settings.optimizer];
  return resolvedSettingsSchema.parse({ ...settings, learningRate });
}

/** What suits the kind of network. */
function settingsFor({ cell, input = 'concatenate' }: SettingsInput): SettingsInput {
  const window = cell === 'feedforward' && input === 'concatenate' ? FEEDFORWARD_WINDOW : 0;
  return { features: FEATURES_BY_INPUT[input], window };
}

/** A preset's learning rate suits the preset's optimizer only. */
function presetFor(given: SettingsInput, preset: PresetName): SettingsInput {
  const bundle: SettingsInput = { ...PRESETS[preset] };
  if (given.optimizer !== undefined && given.optimizer !== bundle.optimizer) delete bundle.learningRate;
  return bundle;
}

/** The features of a token that settings name, in the order of their tables. */
export function featuresOf({ features }: Pick<Settings, 'features'>): NonNullable<ReturnType<typeof parseFeatures>> {
  return parseFeatures(features) ?? [];
}
