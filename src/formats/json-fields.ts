import { badInput } from '../errors.js';

/** A JSON object; read its fields with `field`. */
export type JsonObject = Readonly<Record<string, unknown>>;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Tells whether a value is an object, not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value of an object's own field, also of one with a name such as `__proto__`. */
export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Describes the kind of a value for messages. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * Refuses a value.
 *
 * @param name what the value is in the record
 * @throws {UserError} always
 */
export function refuse(place: string, name: string, expected: string, value: unknown): never {
  throw badInput(`${place}: expected ${expected} as ${name}, found ${kindOf(value)}`, '--from names the format');
}

/** Returns a value that must be an object, or throws a UserError. */
export function asObject(value: unknown, name: string, place: string): JsonObject {
  return isObject(value) ? value : refuse(place, name, 'an object', value);
}

/** Returns a value that must be a list, or throws a UserError. */
export function asList(value: unknown, name: string, place: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(place, name, 'a list', value);
}

/**
 * Returns a value that must be a text which can be written again.
 *
 * @throws {UserError} if it is not a text, or contains a lone surrogate or a NUL character
 */
export function asText(value: unknown, name: string, place: string): string {
  if (typeof value !== 'string') return refuse(place, name, 'a text', value);
  if (LONE_SURROGATE.test(value)) throw badInput(`${place}: ${name} holds half a character (a lone surrogate)`);
  if (value.includes('\0')) throw badInput(`${place}: ${name} holds a NUL character`);
  return value;
}

/** Returns a value that must be a whole number from 0, or throws a UserError. */
export function asOffset(value: unknown, name: string, place: string): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse(place, name, 'a whole number from 0', value);
}

/** Returns a value that is a text or a number, as names of records and documents are; undefined for all others. */
export function asName(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}
