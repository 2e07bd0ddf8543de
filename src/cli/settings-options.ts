import { Option } from 'commander';
import { z } from 'zod';
import { badUsage } from '../errors.js';
import { type SettingsInput, settingsSchema } from '../settings/settings.js';

type SettingName = keyof SettingsInput;

interface SettingDescription {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
}

const descriptions = z.toJSONSchema(settingsSchema, { io: 'input' }).properties as unknown as Record<
  SettingName,
  SettingDescription
>;

/** Every setting that can be a flag, in the order of the schema. */
export const ALL_SETTINGS = Object.keys(descriptions) as SettingName[];

/** The flags of settings, with the help of the schema: `hidden` is `--hidden <n>`, `foldDigits` is `--fold-digits`. */
export function settingOptions(names: readonly SettingName[]): Option[] {
  return names.flatMap((name) => {
    const { type, description, default: preset, enum: choices } = descriptions[name];
    const flag = `--${kebab(name)}`;
    if (type === 'boolean') {
      return [new Option(flag, description), new Option(`--no-${kebab(name)}`, `the opposite of ${flag}`).hideHelp()];
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
    const { type } = descriptions[name];
    given[name] = typeof value === 'string' && (type === 'integer' || type === 'number') ? toNumber(value) : value;
  }
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return given;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const name = String(issue.path[0]);
  throw badUsage(`option --${kebab(name)} ${String(options[name])}: ${lowerFirst(issue.message)}`, 'see --help');
}

/** Text that spells no number stays text, so that the schema refuses it. */
function toNumber(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
