import * as z from 'zod';
import { featureSettings, parseFeatures } from './features.js';
import { networkSettings } from './network.js';
import { LEARNING_RATES, trainingSettings } from './training.js';
import { vocabularySettings } from './vocabulary.js';

const tagSettings = {
  outside: z.string().min(1).optional().describe('the tag outside all names, where it is not O'),
};

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

/** Settings with every default filled in. */
export type Settings = Omit<z.output<typeof settingsSchema>, 'learningRate'> & { readonly learningRate: number };

/** The same, to read what a checkpoint stored. */
export const resolvedSettingsSchema = settingsSchema.required({ learningRate: true });

/** Named bundles of settings; what a bundle leaves out has its default. */
export const PRESETS = {
  default: {},
  textbook: {
    cell: 'elman',
    direction: 'forward',
    decoder: 'softmax',
    hidden: 128,
    vocabularySize: 10_000,
    lowercase: false,
    foldDigits: false,
    optimizer: 'sgd',
    learningRate: 0.1,
    batchSize: 32,
    clip: 5,
    epochs: 15,
  },
} as const satisfies Record<string, SettingsInput>;

export type PresetName = keyof typeof PRESETS;

/**
 * Fills in what a person left out: given, then preset, then default. The result lists them in the schema's order, so
 * that equal settings are written alike.
 *
 * @param given settings already of the right types; undefined counts as left out
 */
export function resolveSettings(given: SettingsInput = {}, preset: PresetName = 'default'): Settings {
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const settings = settingsSchema.parse({ ...presetFor(named, preset), ...named });
  const learningRate = settings.learningRate ?? LEARNING_RATES[settings.optimizer];
  return resolvedSettingsSchema.parse({ ...settings, learningRate });
}

/** A preset's learning rate suits the preset's optimizer only. */
function presetFor(given: SettingsInput, preset: PresetName): SettingsInput {
  const bundle: SettingsInput = { ...PRESETS[preset] };
  if (given.optimizer !== undefined && given.optimizer !== bundle.optimizer) delete bundle.learningRate;
  return bundle;
}

/** The features of a token that settings name, in the order of their tables. */
export function featuresOf({ features }: Settings): NonNullable<ReturnType<typeof parseFeatures>> {
  return parseFeatures(features) ?? [];
}
