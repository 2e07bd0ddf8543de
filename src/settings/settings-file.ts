import { badUsage } from '../errors.js';
import { defaultOf, describeSetting, expectationOf, isAllowed, isSetting, type SettingName } from './descriptions.js';
import { oneOf } from './one-of.js';
import { PRESETS, type PresetName, presetSettings, SETTING_GROUPS, type SettingsInput } from './settings.js';

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
    if (key === '$schema') continue; // for editors
    if (key === 'preset') {
      if (!isPreset(value)) throw refuse(oneOf(Object.keys(PRESETS)));
      preset = value;
    } else if (isSetting(key)) {
      if (!isAllowed(key, value)) throw refuse(expectationOf(key));
      settings[key] = value;
    } else throw unknownKey(entry, ['preset']);
  }
  return { ...(preset && { preset }), settings };
}

/** Returns whether a preset has this name. */
export function isPreset(value: unknown): value is PresetName {
  return typeof value === 'string' && Object.hasOwn(PRESETS, value);
}

/** How much of a value is shown, in UTF-16 units. */
const LONGEST_SHOWN = 200;

/** Returns a value as messages show it. */
export function describeValue(value: unknown): string {
  const text = value === null ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text;
}

/** @param schema where editors find the schema of the file */
const headOf = (schema: string): string => `# yaml-language-server: $schema=${schema}
# Settings for training: rnn train corpus.conll --config FILE
#
# Every setting is listed with its description and the value that it has without this file. To change one, remove the #
# in front of its name.
# A flag (--hidden 64) overrides this file, this file overrides the preset, and the preset overrides the default.
`;

/**
 * Returns a settings file in YAML that lists every setting, and the preset. Those that are not given are commented out, with
 * the value that they have by the preset or by default.
 *
 * @param schema the URL or the relative path of the JSON Schema of such files, which editors read
 */
export function settingsTemplate(given: SettingsFile, schema: string): string {
  const lines = [
    headOf(schema),
    '# a bundle of settings, which those below override',
    `# ${oneOf(Object.keys(PRESETS))}`,
  ];
  lines.push(`${given.preset ? '' : '# '}preset: ${given.preset ?? 'default'}\n`);
  const others = presetSettings(given.settings, given.preset ?? 'default');
  for (const [title, settings] of Object.entries(SETTING_GROUPS)) {
    lines.push(`# ---- ${title} ----\n`);
    for (const name of Object.keys(settings) as SettingName[])
      lines.push(describe(name, given.settings[name], others[name] ?? defaultOf(name)), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** @param otherwise value of the setting if it is not given; undefined if it depends on the corpus or the cell */
function describe(name: SettingName, given: unknown, otherwise: unknown): string {
  const { description } = describeSetting(name);
  const line = given === undefined ? `# ${name}:${spell(otherwise)}` : `${name}:${spell(given)}`;
  return `# ${description}\n# ${expectationOf(name)}\n${line}`;
}

/** Writes a value in YAML. JSON is YAML too; plain words need no quotes unless they mean something else. */
function spell(value: unknown): string {
  if (value === undefined) return '';
  const isPlain = typeof value === 'string' && /^[a-z][a-z,]*$/.test(value) && !/^(?:true|false|null)$/.test(value);
  return ` ${isPlain ? value : JSON.stringify(value)}`;
}
