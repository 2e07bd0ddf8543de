import { type Command, Option } from 'commander';
import { badUsage } from '../errors.js';
import { decodeText, nameOf, readBytes } from '../node/files.js';
import { ALL_SETTINGS, describeSetting, expectationOf, isAllowed, type SettingName } from '../settings/descriptions.js';
import { flagOf } from '../settings/flags.js';
import { PRESETS, type PresetName, type SettingsInput } from '../settings/settings.js';
import { parseSettingsFile, type SettingsFile } from '../settings/settings-file.js';
import { choice, suggestion } from './common-options.js';

export interface SettingsOptions {
  readonly config?: string;
  readonly preset?: PresetName;
}

/** Adds all settings as flags, a preset of them, and the file that may hold them. */
export function addSettingsOptions(command: Command): Command {
  command
    .option('--config <file>', 'settings of a YAML or JSON file, as rnn init writes it; flags go before it')
    .addOption(presetOption());
  for (const option of settingOptions()) command.addOption(option);
  return command;
}

export function presetOption(): Option {
  return choice('--preset <name>', 'bundle of settings (default: default)', Object.keys(PRESETS));
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
    return [new Option(`${flag} <${choices ? 'name' : value}>`, `${description}${allowed}${known}`)];
  });
}

/**
 * Takes the settings out of what commander parsed.
 *
 * @throws UserError naming the option whose value is wrong, exit code 2
 */
export function readSettings(options: Readonly<Record<string, unknown>>): SettingsInput {
  const given: Record<string, unknown> = {};
  for (const name of ALL_SETTINGS) {
    const value = options[name];
    if (value === undefined) continue;
    const { type } = describeSetting(name);
    given[name] = typeof value === 'string' && (type === 'integer' || type === 'number') ? toNumber(value) : value;
    if (!isAllowed(name, given[name])) throw refusal(name, String(value));
  }
  return given;
}

function refusal(name: SettingName, value: string): Error {
  const { enum: choices } = describeSetting(name);
  const nearest = choices && suggestion(value, choices);
  return badUsage(
    `option ${flagOf(name)} "${value}": expected ${expectationOf(name)}${nearest ? `.${nearest}` : ''}`,
    'see --help',
  );
}

/** Text that spells no number stays text, so that the schema refuses it. */
function toNumber(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}
