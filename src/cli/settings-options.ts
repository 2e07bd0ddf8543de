import { Option } from 'commander';
import * as z from 'zod';
import { badUsage } from '../errors.js';
import { type SettingsInput, settingsSchema } from '../settings/settings.js';
import { suggestion } from './choices.js';

type SettingName = keyof SettingsInput;

interface SettingDescription {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  /** What the value must be, in words. */
  readonly expected?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
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
      const isOn = preset === true;
      return [
        new Option(flag, description).hideHelp(isOn),
        new Option(`--no-${kebab(name)}`, `do not ${description}`).hideHelp(!isOn),
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
    const { type } = descriptions[name];
    given[name] = typeof value === 'string' && (type === 'integer' || type === 'number') ? toNumber(value) : value;
  }
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return given;
  const name = parsed.error.issues[0]?.path[0] as SettingName;
  const { enum: choices } = descriptions[name];
  const nearest = choices && suggestion(String(options[name]), choices);
  const expected = expectationOf(descriptions[name]) + (nearest ? `.${nearest}` : '');
  throw badUsage(`option --${kebab(name)} "${String(options[name])}": expected ${expected}`, 'see --help');
}

/** As in `a whole number from 1 to 8192`. */
function expectationOf({ type, enum: choices, expected, ...bounds }: SettingDescription): string {
  if (expected) return expected;
  if (choices) return choices.join(' or ');
  if (type === 'string') return 'a text that is not empty';
  const { minimum, exclusiveMinimum, maximum } = bounds;
  const parts = [type === 'integer' ? 'a whole number' : 'a number'];
  if (minimum !== undefined) parts.push(`from ${minimum}`);
  if (exclusiveMinimum !== undefined) parts.push(`above ${exclusiveMinimum}`);
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) parts.push(`to ${maximum}`);
  return parts.join(' ');
}

/** Text that spells no number stays text, so that the schema refuses it. */
function toNumber(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
