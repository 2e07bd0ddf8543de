import { type Command, InvalidArgumentError, Option } from 'commander';
import { decodeText, nameOf, readBytes } from '../node/files.js';
import { ALL_SETTINGS, describeSetting, expectationOf, isAllowed, type SettingName } from '../settings/descriptions.js';
import { flagOf } from '../settings/flags.js';
import { PRESETS, type PresetName, SETTING_GROUPS, type SettingsInput } from '../settings/settings.js';
import { parseSettingsFile, type SettingsFile } from '../settings/settings-file.js';
import { choice, suggestion } from './common-options.js';

export interface SettingsOptions {
  readonly config?: string;
  readonly preset?: PresetName;
}

/** Adds all settings as flags, a preset of them, and the file that may hold them. */
export function addSettingsOptions(command: Command): Command {
  command.addOption(configOption()).addOption(presetOption());
  for (const option of settingOptions()) command.addOption(option);
  return command;
}

/** Makes the flag of a file of settings. */
export function configOption(): Option {
  return new Option('--config <file>', 'settings of a YAML or JSON file, as rnn init writes it; flags go before it');
}

export function presetOption(usual = 'default'): Option {
  return choice('--preset <name>', `bundle of settings (default: ${usual})`, Object.keys(PRESETS));
}

/**
 * The settings of flags and of the file that `--config` names: a flag goes before the file.
 *
 * @throws UserError if one of them is no setting
 */
export async function readGivenSettings(options: SettingsOptions): Promise<SettingsFile> {
  const flags = readSettings({ ...options });
  const { config } = options;
  const file = config === undefined ? undefined : await readSettingsFile(config);
  const preset = options.preset ?? file?.preset;
  return { ...(preset && { preset }), settings: { ...file?.settings, ...flags } };
}

async function readSettingsFile(path: string): Promise<SettingsFile> {
  return parseSettingsFile(decodeText(await readBytes(path), nameOf(path)), nameOf(path));
}

/** Returns the names of the settings of some topics. */
export function settingsOf(...topics: readonly (keyof typeof SETTING_GROUPS)[]): SettingName[] {
  const wanted = topics.flatMap((topic) => Object.keys(SETTING_GROUPS[topic]));
  return ALL_SETTINGS.filter((name) => wanted.includes(name));
}

/** The flags of settings, with the help of the schema: `hidden` is `--hidden <n>`, `foldDigits` is `--fold-digits`. */
export function settingOptions(names: readonly SettingName[] = ALL_SETTINGS): Option[] {
  return names.flatMap((name) => {
    const { type, description, default: preset, enum: choices } = describeSetting(name);
    const flag = flagOf(name);
    if (type === 'boolean') {
      const isOn = preset === true;
      return [
        new Option(flag, description).hideHelp(isOn),
        new Option(flag.replace('--', '--no-'), `do not ${description}`).hideHelp(!isOn),
      ];
    }
    const known = preset === undefined ? '' : ` (default: ${preset})`;
    const allowed = choices ? ` (${choices.join(', ')})` : '';
    const value = { string: 'text', integer: 'n', number: 'x', boolean: '' }[type];
    const option = new Option(`${flag} <${choices ? 'name' : value}>`, `${description}${allowed}${known}`);
    return [option.argParser((text: string) => readSetting(name, text))];
  });
}

/** Takes the settings out of what commander parsed. */
export function readSettings(options: Readonly<Record<string, unknown>>): SettingsInput {
  return Object.fromEntries(
    ALL_SETTINGS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

/** Reads the value of a setting. */
function readSetting(name: SettingName, text: string): unknown {
  const { type, enum: choices = [] } = describeSetting(name);
  const value = type === 'integer' || type === 'number' ? toNumber(text) : text;
  if (isAllowed(name, value)) return value;
  throw new InvalidArgumentError(`Expected ${expectationOf(name)}.${suggestion(text, choices)}`);
}

/** Text that spells no number stays text, so that the schema refuses it. */
function toNumber(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}
