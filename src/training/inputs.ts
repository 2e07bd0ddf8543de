import type { Corpora, CorpusFingerprint, InitialCheckpoint } from '../model/model.js';
import { flagOf } from '../settings/flags.js';
import type { Settings } from '../settings/settings.js';
import type { TrainingInputs } from './state.js';

/**
 * Lists what a training is made of: trainings with the same inputs give the same bytes.
 *
 * @param others options beside the settings that decide the training, as how the corpora are read
 * @param program version of this package, whose arithmetic another version may change
 */
export function listInputs(
  settings: Settings,
  corpora: Corpora,
  initial: readonly InitialCheckpoint[] | undefined,
  others: Readonly<Record<string, unknown>> = {},
  program?: string,
): TrainingInputs {
  const flags = Object.entries({ ...settings, ...others })
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        [flagOf(name), Array.isArray(value) ? value.join(',') : (value as TrainingInputs[string])] as const,
    );
  return {
    ...(program !== undefined && { 'version of rnn': program }),
    'training corpus': describeFingerprint(corpora.train),
    'dev corpus': corpora.dev ? describeFingerprint(corpora.dev) : 'held out',
    ...(corpora.keep && { 'kept corpus': describeFingerprint(corpora.keep) }),
    ...(initial?.[0] && { 'initial checkpoint': `SHA-256 ${initial[0].sha256}` }),
    ...Object.fromEntries(flags),
  };
}

function describeFingerprint({ sha256, sentences, tokens }: CorpusFingerprint): string {
  return `${sentences} sentences, ${tokens} tokens, SHA-256 ${sha256}`;
}
