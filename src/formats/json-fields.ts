import { badInput } from '../errors.js';

/** Fields of a JSON object, by their own names only. */
export type JsonObject = Readonly<Record<string, unknown>>;

const LONE_SURROGATE = /\p{Surrogate}/u;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an object's own field; `__proto__` and the like are fields as any other. */
export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** What a value is, for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** @throws UserError where a value is none of what a record needs */
export function refuse(place: string, name: string, expected: string, value: unknown): never {
  throw badInput(`${place}: expected ${expected} as ${name}, found ${kindOf(value)}`, '--from names the format');
}

/** @throws UserError where it is no object */
export function asObject(value: unknown, name: string, place: string): JsonObject {
  return isObject(value) ? value : refuse(place, name, 'an object', value);
}

/** @throws UserError where it is no list */
export function asList(value: unknown, name: string, place: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(place, name, 'a list', value);
}

/** @throws UserError where it is no text that can be written down again */
export function asText(value: unknown, name: string, place: string): string {
  if (typeof value !== 'string') return refuse(place, name, 'a text', value);
  if (LONE_SURROGATE.test(value)) throw badInput(`${place}: ${name} holds half a character (a lone surrogate)`);
  if (value.includes('\0')) throw badInput(`${place}: ${name} holds a NUL character`);
  return value;
}

/** @throws UserError where it is no whole number from 0 */
export function asOffset(value: unknown, name: string, place: string): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(place, name, 'a whole number from 0', value);
}

/** A name of a record or a document, where it is one. */
export function asName(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
