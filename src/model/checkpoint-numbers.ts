import * as z from 'zod';
import { badInput } from '../errors.js';
import { decodeFloats } from '../numerics/base64.js';
import { areFinite, type PlacedParameter, sizeOf } from '../numerics/parameters.js';
import { type NetworkLayout, parametersOf } from './layout.js';

/** The schema of numbers in a checkpoint: base64 of little-endian float32, as a string or as its bytes. */
export const storedNumbers = z.strictObject({
  shape: z.array(z.int().min(0)),
  type: z.literal('float32'),
  data: z.union([z.string(), z.instanceof(Uint8Array)]),
});

type StoredNumbers = z.output<typeof storedNumbers>;

/** Decodes the numbers of each parameter; throws a `UserError` if what is stored does not fit the layout. */
export function decodeParameters(
  layout: NetworkLayout,
  stored: Readonly<Record<string, StoredNumbers>>,
  source: string,
): Map<PlacedParameter, Float32Array> {
  const parameters = parametersOf(layout);
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of Object.keys(stored)) {
    if (!known.has(name)) throw damaged(source, `it has a parameter ${name} that its network does not have`);
  }
  return new Map(
    parameters.map((parameter) => [parameter, decodeParameter(parameter, stored[parameter.name], source)]),
  );
}

function decodeParameter(
  { name, shape }: PlacedParameter,
  found: StoredNumbers | undefined,
  source: string,
): Float32Array {
  if (!found) throw damaged(source, `parameter ${name} is missing`);
  if (found.shape.join() !== shape.join())
    throw damaged(source, `parameter ${name}: expected shape [${shape}] by its settings, found [${found.shape}]`);
  return decodeNumbers(`parameter ${name}`, shape, found, source);
}

/** Decodes numbers; throws a `UserError` if they do not fit the shape or are not all finite. */
export function decodeNumbers(
  name: string,
  shape: readonly number[],
  { data }: Pick<StoredNumbers, 'data'>,
  source: string,
): Float32Array {
  const numbers = decodeFloats(data);
  const size = sizeOf(shape);
  if (numbers?.length !== size)
    throw damaged(
      source,
      `${name}: expected ${size} numbers for shape [${shape}], found ${numbers?.length ?? 'no base64'}`,
    );
  if (!areFinite(numbers)) throw damaged(source, `${name} holds numbers that are not finite (NaN or infinite)`);
  return numbers;
}

/** Creates an error that says what is wrong with a checkpoint. */
export function damaged(source: string, what: string): Error {
  return badInput(`${source}: damaged checkpoint: ${what}`, 'train it again, or take a copy that is whole');
}
