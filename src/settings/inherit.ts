import { badUsage } from '../errors.js';
import { featureSettings } from './features.js';
import { flagOf } from './flags.js';
import { networkSettings } from './network.js';
import { parseSettings, type Settings, type SettingsInput } from './settings.js';

/** Settings of a network that affect only tagging, and so may change. */
const CHANGEABLE = ['documentShare'];

/** Settings that a trained network cannot change. */
const INHERITED = [
  ...(Object.keys(networkSettings) as (keyof typeof networkSettings)[]).filter((name) => !CHANGEABLE.includes(name)),
  ...(Object.keys(featureSettings) as (keyof typeof featureSettings)[]),
  ...(['lowercase', 'foldDigits', 'networks', 'outside'] as const),
];

/**
 * Returns the settings for training an existing network further: those given, with the network's own shape.
 *
 * @param source name of the checkpoint in messages
 * @throws {UserError} if the given settings are not allowed or require another shape, exit code 2
 */
export function inheritSettings(given: SettingsInput, old: Settings, source: string): SettingsInput {
  const wanted = parseSettings(given);
  for (const name of INHERITED) {
    if (given[name] === undefined || wanted[name] === old[name]) continue;
    throw badUsage(
      `${flagOf(name)} ${wanted[name]}: the network of ${source} has ${old[name] ?? 'none'}`,
      `leave out either ${flagOf(name)} or --init-from`,
    );
  }
  return { ...given, ...Object.fromEntries(INHERITED.map((name) => [name, old[name]])) };
}
