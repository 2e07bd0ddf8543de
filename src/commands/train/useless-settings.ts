import type { SettingName } from '../../settings/descriptions.js';
import { flagOf } from '../../settings/flags.js';
import { featuresOf, type Settings, type SettingsInput } from '../../settings/settings.js';
import { FORM_DROPOUT } from '../../settings/training.js';
import { innerSchemeOf, type Scheme } from '../../text/scheme.js';
import { type ClustersOptions, mayHaveClusters } from './clusters.js';

/** What decides which settings a training has a use for. */
export interface TrainedNetwork {
  readonly settings: Settings;
  /** How the tags of the corpus spell spans. */
  readonly scheme: Scheme;
  /** Whether the network knows clusters of words; undefined before the corpus has shown it. */
  readonly hasClusters: boolean | undefined;
  readonly hasVectors: boolean;
  /** Whether there is text without labels. */
  readonly hasRaw: boolean;
}

/** Why a setting has no use, and what to try. */
type Reason = readonly [why: string, hint: string];

/**
 * Warns of settings that somebody gave and that change nothing, or next to nothing, in a training.
 *
 * @param names the settings that were given
 */
export function uselessSettings(names: readonly SettingName[], network: TrainedNetwork): string[] {
  const { settings } = network;
  const useless = reasonsOf(network);
  return names.flatMap((name) => {
    const reason = useless[name];
    if (!reason) return [];
    const flag = settings[name] === false ? flagOf(name).replace('--', '--no-') : flagOf(name);
    return `warning: ${flag} ${reason[0]}: ${reason[1]}`;
  });
}

/** Warns of a file of words, which is used as `minCount` is. */
export function uselessVocabulary(file: string | undefined, network: TrainedNetwork): string[] {
  const reason = reasonsOf(network).minCount;
  return file !== undefined && reason ? [`warning: --vocabulary ${reason[0]}: ${reason[1]}`] : [];
}

/** Returns the names of the settings that have a value. */
export function namesOfGiven(given: SettingsInput): SettingName[] {
  return (Object.keys(given) as SettingName[]).filter((name) => given[name] !== undefined);
}

/** Returns what is known of the networks of a corpus before any of them is trained, where no file of clusters or vectors is named. */
export function networkToTrain(
  options: Pick<ClustersOptions, 'preset' | 'settings'>,
  settings: Settings,
  scheme: Scheme,
): TrainedNetwork {
  return {
    settings,
    scheme,
    hasClusters: mayHaveClusters(options) ? undefined : false,
    hasVectors: false,
    hasRaw: false,
  };
}

/** Warns of a rate of hiding words seen once where every word is hidden more often. */
export function outdoneUnknownRate(
  given: SettingsInput,
  { settings, hasClusters, hasVectors }: TrainedNetwork,
): string[] {
  const known = hasVectors ? 'vectors' : hasClusters ? 'clusters' : 'nothing';
  const { unknownRate, formDropout = FORM_DROPOUT[known] } = settings;
  if (given.unknownRate === undefined || unknownRate >= formDropout || !featuresOf(settings).includes('form'))
    return [];
  return [
    `warning: --unknown-rate ${unknownRate} has no use, since --form-dropout ${formDropout} hides every word more often: give a higher rate, or a lower --form-dropout`,
  ];
}

function reasonsOf(network: TrainedNetwork): Partial<Record<SettingName, Reason | false>> {
  const { settings, scheme, hasClusters, hasVectors, hasRaw } = network;
  const features = featuresOf(settings);
  const hasOneOf = (...names: readonly (typeof features)[number][]): boolean =>
    names.some((name) => features.includes(name));
  const has = 'has no use, since the network';
  const withoutForm: Reason | false = !hasOneOf('form') && [
    `${has} does not have the feature form`,
    'leave it out, or name form among --features',
  ];
  const onlyCuts = (what: string, hint: string): Reason => [
    `changes only how raw text is cut into tokens, since the network has ${what}`,
    hint,
  ];
  const summed: Reason | false = settings.input === 'sum' && [
    `${has} sums its rows`,
    'leave it out, or add --input concatenate',
  ];
  const withoutClusters: Reason | false = hasClusters === false && [
    `${has} has no clusters of words`,
    'leave it out, or add --clusters or --raw',
  ];
  const withoutWords: Reason | false =
    !hasOneOf('form') && onlyCuts('no feature form', 'leave it out, or name form among --features');
  const withoutForms: Reason | false =
    !hasOneOf('form', 'prefixes', 'suffixes') &&
    hasClusters === false &&
    !hasVectors &&
    onlyCuts('neither words nor affixes', 'leave it out, or name form or affixes among --features');
  return {
    formWidth: withoutForm || summed,
    affixWidth:
      (!hasOneOf('prefixes', 'suffixes', 'shape', 'document') && [
        `${has} has neither affixes nor shapes`,
        'leave it out, or name affixes or shape among --features',
      ]) ||
      summed,
    clusterWidth: withoutClusters || summed,
    clusterDropout: withoutClusters,
    inputDropout: summed,
    wholeEpochs: !settings.folds && [
      'has no use, since no part of the corpus is held out in turn',
      'leave it out, or add --folds to rnn train',
    ],
    rawEpochs: !hasRaw && ['has no use, since there is no --raw', 'leave it out, or add --raw to rnn train'],
    unknownRate: withoutForm,
    formDropout: withoutForm,
    vocabularySize: !hasVectors && withoutWords,
    minCount: withoutWords,
    lowercase: withoutForms,
    foldDigits: withoutForms,
    recode: innerSchemeOf(scheme, true).name === innerSchemeOf(scheme, false).name && [
      `has no use, since the tags of the corpus are ${scheme.name === 'bioes' ? 'BIOES already' : 'plain labels'}`,
      'leave it out',
    ],
  };
}
