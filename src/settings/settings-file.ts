import { badUsage } from '../errors.js';
import { expectationOf, isAllowed, isSetting } from './descriptions.js';
import { PRESETS, type PresetName, type SettingsInput } from './settings.js';

/** The contents of a settings file. */
export interface SettingsFile {
  readonly preset?: PresetName;
  readonly settings: SettingsInput;
}

/**
 * Parses a settings file. Its keys are those of the schema, and `preset`.
 *
 * @param text YAML or JSON
 * @param source name of the file in messages
 * @throws {UserError} if a key is unknown or a value not allowed, with file, line, key and what was expected; exit code 2
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

/** How much of a value is shown, in UTF-16 units. */
const LONGEST_SHOWN = 200;

/** Returns a value as messages show it. */
export function describeValue(value: unknown): string {
  const text = value === null ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text;
}
