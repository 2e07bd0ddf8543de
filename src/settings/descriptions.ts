import * as z from 'zod';
import { oneOf } from './one-of.js';
import { type SettingsInput, settingsSchema } from './settings.js';

export type SettingName = keyof SettingsInput;

/** The description of a setting in the schema. */
export interface SettingDescription {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  /** The allowed values in words, as in `a whole number`. */
  readonly expected?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

const descriptions = z.toJSONSchema(settingsSchema, { io: 'input' }).properties as unknown as Record<
  SettingName,
  SettingDescription
>;

/** The names of all settings, in the order of the schema. */
export const ALL_SETTINGS = Object.keys(descriptions) as SettingName[];

/** Returns the description of a setting. */
export function describeSetting(name: SettingName): SettingDescription {
  return descriptions[name];
}

const defaults: SettingsInput = settingsSchema.parse({});

/** Returns the default of a setting; undefined if it has none or if it depends on other settings. */
export function defaultOf(name: SettingName): unknown {
  return defaults[name];
}

/** Whether a setting has this name. */
export function isSetting(name: string): name is SettingName {
  return Object.hasOwn(descriptions, name);
}

/** Whether a value is allowed for a setting. */
export function isAllowed(name: SettingName, value: unknown): boolean {
  return value !== undefined && settingsSchema.shape[name].safeParse(value).success;
}

/** Returns the allowed values of a setting in words, as in `a whole number from 1 to 8192`. */
export function expectationOf(name: SettingName): string {
  const { type, enum: choices, expected, ...bounds } = descriptions[name];
  if (expected) return expected;
  if (choices) return oneOf(choices);
  if (type === 'boolean') return 'true or false';
  if (type === 'string') return 'non-empty text';
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = bounds;
  const parts = [type === 'integer' ? 'a whole number' : 'a number'];
  if (minimum !== undefined) parts.push(`from ${minimum}`);
  if (exclusiveMinimum !== undefined) parts.push(`above ${exclusiveMinimum}`);
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) parts.push(`to ${maximum}`);
  const limits = parts.join(' ');
  return exclusiveMaximum === undefined ? limits : `${limits}, below ${exclusiveMaximum}`;
}
