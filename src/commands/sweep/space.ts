import { badUsage } from '../../errors.js';
import type { Random } from '../../numerics/random.js';
import {
  ALL_SETTINGS,
  describeSetting,
  expectationOf,
  isAllowed,
  isSetting,
  type SettingName,
} from '../../settings/descriptions.js';
import type { SettingsInput } from '../../settings/settings.js';
import { describeValue } from '../../settings/settings-file.js';
import type { FileEntry } from '../../settings/yaml-entries.js';

/** The values of a setting in a sweep: several ones, or the numbers of a range. */
export type Dimension =
  | { readonly name: SettingName; readonly values: readonly unknown[] }
  | { readonly name: SettingName; readonly min: number; readonly max: number; readonly log: boolean };

/** Digits of a number that is drawn from a range. */
const DIGITS = 3;

const RANGE = 'a list as in [64, 128], or a range as in {min: 0.001, max: 0.1, log: true}';

/**
 * Reads the settings that a sweep searches, each with a list of values, one value, or a range of numbers.
 *
 * @param text YAML or JSON
 * @param source name of the file in messages
 * @returns the settings in the order of the schema, so that the order of the file makes no difference
 * @throws UserError naming file, line and key, and what was expected there, exit code 2
 */
export async function parseSpace(text: string, source: string): Promise<Dimension[]> {
  const { readEntries, unknownKey } = await import('../../settings/yaml-entries.js');
  const dimensions = readEntries(text, source).map((entry) => {
    if (!isSetting(entry.key)) throw unknownKey(entry, []);
    return readDimension(entry.key, entry);
  });
  if (dimensions.length === 0)
    throw badUsage(`${source}: no setting to search`, 'each line is "name: values", as in "hidden: [64, 128]"');
  return dimensions.sort((a, b) => ALL_SETTINGS.indexOf(a.name) - ALL_SETTINGS.indexOf(b.name));
}

function readDimension(name: SettingName, { value, place }: FileEntry): Dimension {
  const refuse = (expected: string, found: unknown): Error =>
    badUsage(`${place}: ${name}: expected ${expected}, found ${describeValue(found)}`);
  if (value === null) throw refuse(RANGE, value);
  if (typeof value === 'object' && !Array.isArray(value)) return readRange(name, value, refuse);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw refuse(RANGE, value);
  for (const each of values) if (!isAllowed(name, each)) throw refuse(expectationOf(name), each);
  return { name, values };
}

function readRange(name: SettingName, range: object, refuse: (expected: string, found: unknown) => Error): Dimension {
  const { min, max, log = false, ...rest } = range as Record<string, unknown>;
  const { type } = describeSetting(name);
  if (type !== 'integer' && type !== 'number') throw refuse(`a list, for it is no number`, range);
  if (Object.keys(rest).length > 0 || typeof min !== 'number' || typeof max !== 'number' || typeof log !== 'boolean')
    throw refuse(RANGE, range);
  for (const end of [min, max]) if (!isAllowed(name, end)) throw refuse(expectationOf(name), end);
  if (min >= max) throw refuse('a min below max', range);
  if (log && min <= 0) throw refuse('a min above 0 with log: true', range);
  return { name, min, max, log };
}

/** Returns how many settings differ from each other in a space: infinitely many if a range is not one of whole numbers. */
export function countSettings(space: readonly Dimension[]): number {
  return space.reduce((product, dimension) => {
    if ('values' in dimension) return product * new Set(dimension.values.map((value) => JSON.stringify(value))).size;
    const isWhole = describeSetting(dimension.name).type === 'integer';
    return isWhole ? product * (dimension.max - dimension.min + 1) : Number.POSITIVE_INFINITY;
  }, 1);
}

/** Draws one value of each dimension. */
export function drawSettings(space: readonly Dimension[], random: Random): SettingsInput {
  return Object.fromEntries(
    space.map((dimension) => [
      dimension.name,
      'values' in dimension ? dimension.values[random.below(dimension.values.length)] : drawNumber(dimension, random),
    ]),
  );
}

/** Draws a number with few digits, so that it can be read, and typed as a flag. */
function drawNumber({ name, min, max, log }: Extract<Dimension, { min: number }>, random: Random): number {
  const isWhole = describeSetting(name).type === 'integer';
  const u = random.uniform();
  const drawn = log ? between(min, max, u) : min + u * (max - min + (isWhole ? 1 : 0));
  const rounded = isWhole ? Math.floor(drawn) : Number(drawn.toPrecision(DIGITS));
  return Math.min(max, Math.max(min, rounded));
}

/**
 * Returns the number at a fraction of the way from `low` to `high` on a logarithmic scale. It halves the way, since square
 * roots are the same on every engine and logarithms are not.
 */
function between(low: number, high: number, fraction: number): number {
  let [from, to, rest] = [low, high, fraction];
  for (let bit = 0; bit < 24; bit++) {
    const middle = Math.sqrt(from) * Math.sqrt(to);
    rest *= 2;
    if (rest >= 1) {
      from = middle;
      rest -= 1;
    } else to = middle;
  }
  return from;
}
