import * as z from 'zod';
import { badInput } from '../errors.js';
import { decodeFloats } from '../numerics/base64.js';
import {
  areFinite,
  areWithin,
  LARGEST_NUMBER,
  type ParameterLayout,
  type PlacedParameter,
  sizeOf,
} from '../numerics/parameters.js';
import { listOf } from './few-problems.js';

/** More than any parameter has. */
const MOST_DIMENSIONS = 8;

/** How much of a problem is told, in UTF-16 units. */
const LONGEST_PROBLEM = 600;

/** Numbers as a checkpoint holds them: base64 of little-endian float32, or its bytes. */
export const storedNumbers = z.strictObject({
  shape: listOf(z.int().min(0), { atMost: MOST_DIMENSIONS }),
  type: z.literal('float32'),
  data: z.union([z.string(), z.instanceof(Uint8Array)]),
});

type StoredNumbers = z.output<typeof storedNumbers>;

/** The parameters of a network, in the order of a checkpoint. */
export function parametersOf({ tables, dense }: ParameterLayout): PlacedParameter[] {
  return [...tables, ...dense];
}

/**
 * Checks that the parameters of a layout are what is stored, by their names, their shapes and the lengths of their numbers.
 *
 * @throws {UserError} if they are not, exit code 3
 */
export function checkShapes(
  layout: ParameterLayout,
  stored: Readonly<Record<string, StoredNumbers>>,
  source: string,
): void {
  const parameters = parametersOf(layout);
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of Object.keys(stored)) {
    if (!known.has(name)) throw damaged(source, `it has a parameter ${name} that its network has not`);
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

/** Returns the numbers of each parameter of a layout, which `checkShapes` has compared with what is stored. */
export function decodeParameters(
  layout: ParameterLayout,
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

/** As many finite numbers as a shape wants. */
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
  if (!areFinite(numbers)) throw damaged(source, `${name} holds numbers that are not finite (NaN or infinite)`);
  if (!areWithin(numbers, LARGEST_NUMBER))
    throw damaged(source, `${name} holds numbers beyond ±1e15, which no training gives`);
  return numbers;
}

/** Makes the error that says what is wrong with a checkpoint, which is cut if it is long. */
export function damaged(source: string, what: string): Error {
  const told = what.length > LONGEST_PROBLEM ? `${what.slice(0, LONGEST_PROBLEM)} …` : what;
  return badInput(`${source}: damaged checkpoint: ${told}`, 'train it again, or take a copy that is whole');
}
