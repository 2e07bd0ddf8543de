import { badUsage } from '../errors.js';
import { expectationOf, isAllowed, isSetting } from './descriptions.js';
import { PRESETS, type PresetName, type SettingsInput } from './settings.js';

/** What a file of settings says. */
export interface SettingsFile {
  readonly preset?: PresetName;
  readonly settings: SettingsInput;
}

/**
 * Reads a file of settings: keys as the schema spells them, and `preset`.
 *
 * @param text YAML or JSON
 * @param source name of the file in messages
 * @throws UserError naming file, line and key, and what was expected there, exit code 2
 */
export async function parseSettingsFile(text: string, source: string): Promise<SettingsFile> {
  const { readEntries, unknownKey } = await import('./yaml-entries.js');
  const settings: Record<string, unknown> = {};
  let preset: PresetName | undefined;
  for (const entry of readEntries(text, source)) {
    const { key, value, place } = entry;
    const refuse = (expected: string): Error =>
      badUsage(`${place}: ${key}: expected ${expected}, found ${describeValue(value)}`);
    if (key === 'preset') {
      if (!isPreset(value)) throw refuse(Object.keys(PRESETS).join(' or '));
      preset = value;
    } else if (isSetting(key)) {
      if (!isAllowed(key, value)) throw refuse(expectationOf(key));
      settings[key] = value;
    } else throw unknownKey(entry, ['preset']);
  }
  return { ...(preset && { preset }), settings };
}

function isPreset(value: unknown): value is PresetName {
  return typeof value === 'string' && Object.hasOwn(PRESETS, value);
}

/** A value as a message shows it. */
export function describeValue(value: unknown): string {
  return value === null ? 'nothing' : JSON.stringify(value);
}
