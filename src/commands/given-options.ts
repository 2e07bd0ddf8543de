import { ORDERS } from '../annotation/choice.js';
import { badUsage } from '../errors.js';
import { isSetting } from '../settings/descriptions.js';
import { nearestName } from '../settings/nearest.js';

/** The kinds of values that options of the library have, each with its name in messages. */
const KINDS = {
  text: ['a text', (value) => typeof value === 'string'],
  texts: ['a list of texts', (value) => Array.isArray(value) && value.every((each) => typeof each === 'string')],
  count: ['a whole number from 1', (value) => Number.isSafeInteger(value) && Number(value) >= 1],
  integer: ['a whole number', (value) => Number.isSafeInteger(value)],
  integers: ['a list of whole numbers', (value) => Array.isArray(value) && value.every(Number.isSafeInteger)],
  fraction: ['a number over 0, to 1', (value) => Number(value) > 0 && Number(value) <= 1 && typeof value === 'number'],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  object: ['an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)],
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  scheme: ['iob1, iob2, bioes or bilou', (value) => ['iob1', 'iob2', 'bioes', 'bilou'].includes(String(value))],
  order: ['uncertain, given or random', (value) => ORDERS.some((order) => order === value)],
  port: ['a port, from 0 to 65535', (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 65_536],
  function: ['a function', (value) => typeof value === 'function'],
  fileLabels: [
    'a list of { file, labels }',
    (value) =>
      Array.isArray(value) &&
      value.every((each) => typeof each?.file === 'string' && Array.isArray(each.labels) && each.labels.every(isText)),
  ],
  dictionaries: [
    'a list of { label, file }',
    (value) => Array.isArray(value) && value.every((each) => isText(each?.label) && isText(each.file)),
  ],
  /** Checked where it is used. */
  any: ['any value', () => true],
} as const satisfies Record<string, readonly [string, (value: unknown) => boolean]>;

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** The kind of each option. */
export type OptionKinds<Options> = Readonly<Record<keyof Options, keyof typeof KINDS>>;

/** The kinds of the options that say how a corpus is read, which `readingOf` checks. */
export const READING_KINDS = {
  from: 'any',
  tokenColumn: 'any',
  tagColumn: 'any',
  tagNames: 'any',
  offsets: 'any',
  unknownTag: 'any',
} as const;

/** The kinds of the options that say what is done with a corpus that is not as it should be. */
export const TOLERANCE_KINDS = { keepsGoing: 'flag', repairs: 'flag' } as const;

/**
 * Checks the options that a program gives, which may not have been checked by a compiler.
 *
 * @param name the function that they are given to
 * @throws {UserError} if an option is unknown or of another kind, exit code 2
 */
export function checkOptions<Options extends object>(
  name: string,
  options: Options,
  kinds: OptionKinds<Required<Options>>,
): void {
  const refuse = (option: string, expected: string, value: unknown): never => {
    throw badUsage(`${name}: expected ${expected} as ${option}, found ${describe(value)}`);
  };
  if (!KINDS.object[1](options)) refuse('options', KINDS.object[0], options);
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(kinds, option)) {
      const nearest = nearestName(option, Object.keys(kinds));
      const hint = nearest === undefined ? `options are ${Object.keys(kinds).join(', ')}` : `did you mean ${nearest}?`;
      const isMisplaced = 'settings' in kinds && isSetting(option);
      throw badUsage(`${name}: no option ${option}`, isMisplaced ? `it is a setting: settings: { ${option} }` : hint);
    }
    const [expected, isOfKind] = KINDS[kinds[option as keyof Options]];
    if (value !== undefined && !isOfKind(value)) refuse(option, expected, value);
  }
}

function describe(value: unknown): string {
  if (typeof value === 'object' || value === undefined)
    return value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : String(value).slice(0, 60);
}
