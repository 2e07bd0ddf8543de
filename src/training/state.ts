import * as z from 'zod';
import { badInput } from '../errors.js';
import { historySchema } from '../model/checkpoint-content.js';
import { listOf } from '../model/few-problems.js';
import type { History } from '../model/model.js';
import { MOST_NETWORKS } from '../settings/training.js';
import type { TrainingPosition } from './loop.js';
import type { StateBlock } from './trainer.js';

/** What a state file begins with: its kind, the version of its format and the bytes of its head. */
const FIRST_LINE = /^rnn-tagger state (\d+) (\d+)\n/;
const VERSION = 1;

/** Bytes in which the first line ends, whatever it says. */
export const FIRST_LINE_LIMIT = 64;

/** How many differences are told, and how much of each name and value: a SHA-256 whole. */
const MOST_DIFFERENCES = 10;
const LONGEST_VALUE = 120;

/** What a training is made of, a line for each thing: flags and corpora, by which two trainings are told to be one. */
export type TrainingInputs = Readonly<Record<string, string | number | boolean>>;

const headSchema = z.strictObject({
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  finished: listOf(historySchema, { atMost: MOST_NETWORKS }),
  position: z.strictObject({
    epochs: historySchema.shape.epochs,
    step: z.int().min(0),
    lossSum: z.number(),
  }),
  steps: z.int().min(0),
  blocks: listOf(z.strictObject({ name: z.string(), length: z.int().min(0) })),
});

/** All of a state but its numbers. */
export interface StateHead {
  readonly inputs: TrainingInputs;
  /** Of the networks whose training is over. */
  readonly finished: readonly History[];
  /** Where the training of the next one stands. */
  readonly position: TrainingPosition;
  /** Steps done, over all its epochs. */
  readonly steps: number;
  /** Of the numbers, in the order in which they follow. */
  readonly blocks: readonly { readonly name: string; readonly length: number }[];
}

/** A stopped training: what it is and where it stands, and the numbers that it changes. */
export interface TrainingState {
  readonly head: Omit<StateHead, 'blocks'>;
  readonly blocks: readonly StateBlock[];
}

/** The bytes before the blocks of numbers. */
export function encodeHead({ head, blocks }: TrainingState): Uint8Array {
  const shapes = blocks.map(({ name, numbers }) => ({ name, length: numbers.length }));
  const content = new TextEncoder().encode(`${JSON.stringify({ ...head, blocks: shapes })}\n`);
  const first = new TextEncoder().encode(`rnn-tagger state ${VERSION} ${content.length}\n`);
  const bytes = new Uint8Array(first.length + content.length);
  bytes.set(first);
  bytes.set(content, first.length);
  return bytes;
}

/**
 * Where the head of a state file lies.
 *
 * @param beginning of the file, `FIRST_LINE_LIMIT` bytes if it has as many
 * @throws UserError where it begins otherwise, or is of another version
 */
export function locateHead(beginning: Uint8Array, source: string): { readonly start: number; readonly end: number } {
  const [line, version, length] = FIRST_LINE.exec(new TextDecoder('latin1').decode(beginning)) ?? [];
  if (line === undefined) throw unusable(`${source}: expected the state of a training, found something else`);
  if (Number(version) !== VERSION)
    throw unusable(`${source}: expected a state of format version ${VERSION}, found version ${version}`);
  return { start: line.length, end: line.length + Number(length) };
}

/** @throws UserError where it is not what `encodeHead` wrote */
export function decodeHead(bytes: Uint8Array, source: string): StateHead {
  try {
    return headSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw unusable(`${source}: damaged: its head cannot be read`);
  }
}

/** An error about a state that nothing can be done with. */
export function unusable(message: string): Error {
  return badInput(message, 'take a copy that is whole, or remove it to train from the beginning');
}

/** Returns what differs between two trainings, a line each: `--hidden: was 64, now 128`; the first few, and how many more. */
export function describeDifferences(was: TrainingInputs, now: TrainingInputs): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])];
  const differing = names.filter((name) => was[name] !== now[name]);
  const shown = (value: string | number | boolean = 'not set'): string => String(value).slice(0, LONGEST_VALUE);
  const told = differing
    .slice(0, MOST_DIFFERENCES)
    .map((name) => `${shown(name)}: was ${shown(was[name])}, now ${shown(now[name])}`);
  return differing.length > told.length ? [...told, `and ${differing.length - told.length} more`] : told;
}
