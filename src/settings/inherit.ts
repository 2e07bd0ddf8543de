import { badUsage } from '../errors.js';
import { featureSettings } from './features.js';
import { flagOf } from './flags.js';
import { networkSettings } from './network.js';
import { type Settings, type SettingsInput, settingsSchema } from './settings.js';

/** What only tagging depends on. */
const FREE = ['documentShare'];

/** What a network cannot change any more. */
const INHERITED = [
  ...(Object.keys(networkSettings) as (keyof typeof networkSettings)[]).filter((name) => !FREE.includes(name)),
  ...(Object.keys(featureSettings) as (keyof typeof featureSettings)[]),
  ...(['lowercase', 'foldDigits', 'networks', 'outside'] as const),
];

/**
 * Settings of a training that goes on with a network: its shape is the network's.
 *
 * @param source name of the checkpoint in messages
 * @throws UserError where the person wants another shape, exit code 2
 */
export function inheritSettings(given: SettingsInput, old: Settings, source: string): SettingsInput {
  const wanted = settingsSchema.parse(given);
  for (const name of INHERITED) {
    if (given[name] === undefined || wanted[name] === old[name]) continue;
    throw badUsage(
      `${flagOf(name)} ${wanted[name]}: the network of ${source} has ${old[name] ?? 'none'}`,
      `leave out ${flagOf(name)}, or --init-from`,
    );
  }
  return { ...given, ...Object.fromEntries(INHERITED.map((name) => [name, old[name]])) };
}
