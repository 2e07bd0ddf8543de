import * as z from 'zod';
import { badInput } from '../errors.js';
import { epochScoresSchema, historySchema } from '../model/checkpoint-content.js';
import { listOf } from '../model/few-problems.js';
import type { Corpora, CorpusFingerprint, History, InitialCheckpoint } from '../model/model.js';
import { withoutClusters } from '../settings/features.js';
import { flagOf } from '../settings/flags.js';
import type { Settings } from '../settings/settings.js';
import { MOST_NETWORKS } from '../settings/training.js';
import type { TrainingPosition } from './loop.js';
import type { StateBlock } from './trainer.js';

/** The first line of a state file: its kind, the version of its format, and the length of its head in bytes. */
const FIRST_LINE = /^rnn-tagger state (\d+) (\d+)\n/;
const VERSION = 2;

/** The number of bytes that are enough for any first line. */
export const FIRST_LINE_LIMIT = 64;

/** The number of differences that are shown, and of UTF-16 units of each name and value: a SHA-256 is shown whole. */
const MOST_DIFFERENCES = 10;
const LONGEST_VALUE = 120;

/** The settings and corpora of a training by name. Trainings with the same inputs give the same bytes. */
export type TrainingInputs = Readonly<Record<string, string | number | boolean>>;

const runSchema = z.strictObject({
  seed: z.int().min(0),
  /** The number of epochs that came to their end. */
  epochs: z.int().min(1),
  bestEpoch: z.int().min(1),
  dev: epochScoresSchema,
  test: epochScoresSchema.optional(),
});

/** The results of one of several trainings from different seeds. */
export type Run = Readonly<z.infer<typeof runSchema>>;

const placeShape = {
  position: z.strictObject({
    epochs: historySchema.shape.epochs,
    step: z.int().min(0),
    lossSum: z.number(),
  }),
  steps: z.int().min(0),
};

const headSchema = z.strictObject({
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  runs: listOf(runSchema).optional(),
  finished: listOf(historySchema, { atMost: MOST_NETWORKS }),
  ...placeShape,
  behind: listOf(z.strictObject({ network: z.int().min(1), ...placeShape }), { atMost: MOST_NETWORKS }).optional(),
  blocks: listOf(z.strictObject({ name: z.string(), length: z.int().min(0) })),
});

/** A training state without its numbers. */
export interface StateHead {
  readonly inputs: TrainingInputs;
  /** The runs that have ended, if there are to be several; all that follows is of the next one. */
  readonly runs?: readonly Run[] | undefined;
  /** The histories of the networks whose training has ended. */
  readonly finished: readonly History[];
  /** The position of the next network's training. */
  readonly position: TrainingPosition;
  /** The number of steps that the next network's training has taken, over all its epochs. */
  readonly steps: number;
  /** The networks behind the next one that are trained at the same time, by their numbers from 0. */
  readonly behind?:
    | readonly { readonly network: number; readonly position: TrainingPosition; readonly steps: number }[]
    | undefined;
  /** The blocks of numbers, in the order in which they follow the head. */
  readonly blocks: readonly { readonly name: string; readonly length: number }[];
}

/** A stopped training: its inputs and position, and the numbers that it changes. */
export interface TrainingState {
  readonly head: Omit<StateHead, 'blocks'>;
  readonly blocks: readonly StateBlock[];
}

/** Returns the bytes that precede the blocks of numbers. */
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
 * Returns the start and the end of a state file's head, in bytes.
 *
 * @param beginning the first `FIRST_LINE_LIMIT` bytes of the file, or all if it has fewer
 * @throws {UserError} if the file is not a training state, or of another version
 */
export function locateHead(beginning: Uint8Array, source: string): { readonly start: number; readonly end: number } {
  const [line, version, length] = FIRST_LINE.exec(new TextDecoder('latin1').decode(beginning)) ?? [];
  if (line === undefined) throw unusable(`${source}: expected the state of a training, found something else`);
  if (Number(version) !== VERSION)
    throw unusable(`${source}: expected a state of format version ${VERSION}, found version ${version}`);
  return { start: line.length, end: line.length + Number(length) };
}

/**
 * Decodes what `encodeHead` wrote.
 *
 * @throws {UserError} if the head is damaged
 */
export function decodeHead(bytes: Uint8Array, source: string): StateHead {
  try {
    return headSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw unusable(`${source}: damaged: its head cannot be read`);
  }
}

/** Creates the error for a state file that cannot be used. */
export function unusable(message: string): Error {
  return badInput(message, 'take a copy that is whole, or remove it to train from the beginning');
}

/**
 * Lists the inputs of a training.
 *
 * @param others options beside the settings that affect the result, such as how the corpora are read
 * @param program the version of this package, since another one may compute differently
 */
export function listInputs(
  settings: Settings,
  corpora: Corpora,
  initial: readonly InitialCheckpoint[] | undefined,
  others: Readonly<Record<string, unknown>> = {},
  program?: string,
): TrainingInputs {
  const { clusters, raw } = others;
  const hasClusters = clusters !== undefined || raw !== undefined;
  const flags = Object.entries({ ...(hasClusters ? settings : withoutClusters(settings)), ...others })
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        [flagOf(name), Array.isArray(value) ? value.join(',') : (value as TrainingInputs[string])] as const,
    );
  return {
    ...(program !== undefined && { 'version of rnn': program }),
    'training corpus': describeFingerprint(corpora.train),
    'dev corpus': corpora.dev ? describeFingerprint(corpora.dev) : 'held out',
    ...(corpora.keep && { 'kept corpus': describeFingerprint(corpora.keep) }),
    ...(initial?.[0] && { 'initial checkpoint': `SHA-256 ${initial[0].sha256}` }),
    ...Object.fromEntries(flags),
  };
}

function describeFingerprint({ sha256, sentences, tokens }: CorpusFingerprint): string {
  return `${sentences} sentences, ${tokens} tokens, SHA-256 ${sha256}`;
}

/** Returns the first differences between two trainings, a line each (`--hidden: was 64, now 128`), and how many more there are. */
export function describeDifferences(was: TrainingInputs, now: TrainingInputs): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(now)])];
  const differing = names.filter((name) => was[name] !== now[name]);
  const shown = (value: string | number | boolean = 'not set'): string => String(value).slice(0, LONGEST_VALUE);
  const told = differing
    .slice(0, MOST_DIFFERENCES)
    .map((name) => `${shown(name)}: was ${shown(was[name])}, now ${shown(now[name])}`);
  return differing.length > told.length ? [...told, `and ${differing.length - told.length} more`] : told;
}
