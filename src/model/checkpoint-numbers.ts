import * as z from 'zod';
import { badInput } from '../errors.js';
import { decodeFloats } from '../numerics/base64.js';
import { areFinite, areWithin, LARGEST_NUMBER, type PlacedParameter, sizeOf } from '../numerics/parameters.js';
import { listOf } from './few-problems.js';
import { type NetworkLayout, parametersOf } from './layout.js';

/** More than any parameter has. */
const MOST_DIMENSIONS = 8;

/** The number of UTF-16 units of a problem that a message shows. */
const LONGEST_PROBLEM = 600;

/** The schema of numbers in a checkpoint: base64 of little-endian float32, as a string or as its bytes. */
export const storedNumbers = z.strictObject({
  shape: listOf(z.int().min(0), { atMost: MOST_DIMENSIONS }),
  type: z.literal('float32'),
  data: z.union([z.string(), z.instanceof(Uint8Array)]),
});

type StoredNumbers = z.output<typeof storedNumbers>;

/**
 * Checks the names, the shapes and the lengths of the stored numbers against a layout.
 *
 * @throws {UserError} if they do not fit, exit code 3
 */
export function checkShapes(
  layout: NetworkLayout,
  stored: Readonly<Record<string, StoredNumbers>>,
  source: string,
): void {
  const parameters = parametersOf(layout);
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of Object.keys(stored)) {
    if (!known.has(name)) throw damaged(source, `it has a parameter ${name} that its network does not have`);
  }
  for (const { name, shape } of parameters) {
    const found = stored[name];
    if (!found) throw damaged(source, `parameter ${name} is missing`);
    if (found.shape.join() !== shape.join())
      throw damaged(source, `parameter ${name}: expected shape [${shape}] by its settings, found [${found.shape}]`);
    if (found.data.length !== base64Length(shape)) decodeNumbers(`parameter ${name}`, shape, found, source);
  }
}

/** Returns the length of the base64 of as many numbers as a shape wants. */
function base64Length(shape: readonly number[]): number {
  return 4 * Math.ceil((4 * sizeOf(shape)) / 3);
}

/** Decodes the numbers of each parameter, which `checkShapes` has checked; throws a `UserError` if they are not finite or too large. */
export function decodeParameters(
  layout: NetworkLayout,
  stored: Readonly<Record<string, StoredNumbers>>,
  source: string,
): Map<PlacedParameter, Float32Array> {
  return new Map(
    parametersOf(layout).map((parameter) => {
      const { name, shape } = parameter;
      return [parameter, decodeNumbers(`parameter ${name}`, shape, stored[name], source)];
    }),
  );
}

/** Decodes numbers; throws a `UserError` if they do not fit the shape, are not all finite or are beyond ±1e15. */
export function decodeNumbers(
  name: string,
  shape: readonly number[],
  stored: Pick<StoredNumbers, 'data'> | undefined,
  source: string,
): Float32Array {
  const numbers = stored && decodeFloats(stored.data);
  const size = sizeOf(shape);
  if (numbers?.length !== size)
    throw damaged(
      source,
      `${name}: expected ${size} numbers for shape [${shape}], found ${numbers?.length ?? 'no base64'}`,
    );
  if (areWithin(numbers, LARGEST_NUMBER)) return numbers;
  throw areFinite(numbers)
    ? damaged(source, `${name} holds numbers beyond ±1e15, which no training gives`)
    : damaged(source, `${name} holds numbers that are not finite (NaN or infinite)`);
}

/** Creates an error that says what is wrong with a checkpoint; what is long is cut. */
export function damaged(source: string, what: string): Error {
  const told = what.length > LONGEST_PROBLEM ? `${what.slice(0, LONGEST_PROBLEM)} …` : what;
  return badInput(`${source}: damaged checkpoint: ${told}`, 'train it again, or take a copy that is whole');
}
