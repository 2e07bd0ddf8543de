import { badInput, badUsage } from '../errors.js';
import { PRESETS, type PresetName, parseSettings, type SettingsInput } from './settings.js';

/**
 * The number of parts that are held out in turn in corpora of fewer sentences, if no number of networks is given: where
 * sentences are few a tenth of them is dear, and one network depends much on chance.
 */
const USUAL_FOLDS: readonly { readonly below: number; readonly folds: number }[] = [
  { below: 1000, folds: 5 },
  { below: 2000, folds: 3 },
];

/** Corpora of fewer sentences have no folds. */
const FEWEST = 20;

/**
 * Returns in how many parts a corpus is held out in turn, each by a network of its own; 0 if one part is held out once.
 *
 * @param sentences size of the corpus
 * @throws {UserError} if the settings contradict each other, exit code 2, or the corpus has too few sentences for its
 *   folds, exit code 3
 */
export function foldsFor(given: SettingsInput, preset: PresetName, sentences: number): number {
  const bundle: SettingsInput = PRESETS[preset];
  const { folds, networks, features, input } = { ...bundle, ...definedOf(given) };
  parseSettings({ folds, networks });
  if (folds !== undefined) return checkFolds(folds, given.networks, sentences);
  const isPlain = features !== undefined || input === 'sum';
  const usual = USUAL_FOLDS.find(({ below }) => sentences < below);
  if (isPlain || sentences < FEWEST || !usual) return 0;
  const wanted = networks ?? usual.folds;
  return wanted > 1 && wanted <= sentences ? wanted : 0;
}

function checkFolds(folds: number, networks: number | undefined, sentences: number): number {
  if (folds === 1) throw badUsage('--folds 1 would leave nothing to train on', 'say --folds 0 to hold out a tenth');
  if (folds > 0 && networks !== undefined && networks !== folds)
    throw badUsage(
      `--folds ${folds} trains ${folds} networks, and --networks asks for ${networks}`,
      'leave out one of the two',
    );
  if (folds > sentences)
    throw badInput(`--folds ${folds} needs as many sentences, and the corpus has ${sentences}`, 'ask for fewer folds');
  return folds;
}

function definedOf(given: SettingsInput): SettingsInput {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
