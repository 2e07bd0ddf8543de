import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { UserError } from '../errors.js';
import { readCheckpoint } from '../model/checkpoint.js';
import { parseJson } from '../model/checkpoint-content.js';
import { damaged } from '../model/checkpoint-numbers.js';
import type { Model } from '../model/model.js';
import { createKernels } from '../numerics/fastest.js';
import { decodeText, nameOf, readBytes } from './files.js';
import { writeWhole } from './writing.js';

/** The checkpoint that `rnn train` writes and the other commands read by default. */
export const DEFAULT_MODEL = 'model.json';

/** A checkpoint's bytes, unpacked, and the name of its file in messages. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  readonly source: string;
}

/**
 * Reads the bytes of a checkpoint.
 *
 * @throws {UserError} if there is none, exit code 3
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readBytes(path).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message, {
      exitCode: error.exitCode,
      hint: 'run "rnn train" first, or name a model with -m',
    });
  });
  return { bytes, source: nameOf(path) };
}

/**
 * Makes the model that a checkpoint holds.
 *
 * @throws {UserError} if the checkpoint is damaged, exit code 3
 */
export function openModel({ bytes, source }: ModelFile): Model {
  return readCheckpoint(parseCheckpoint(bytes, source), source, createKernels());
}

/**
 * Writes a checkpoint. If it cannot be written, because the disk is full or the folder is gone, it is written to the
 * system's folder for temporary files, so that the work is not lost.
 *
 * @param text returns the checkpoint piece by piece, from the beginning whenever it is called
 * @throws {UserError} if it cannot be written to its place; the hint says where it is
 */
export async function writeModel(path: string, text: () => Iterable<string>): Promise<void> {
  try {
    await writeWhole(path, text());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.message, { hint: await rescue(path, text), cause: error.cause });
  }
}

/** Writes a checkpoint elsewhere, and returns the hint for the user. */
async function rescue(path: string, text: () => Iterable<string>): Promise<string> {
  try {
    const refuge = join(await mkdtemp(join(tmpdir(), 'rnn-')), basename(path));
    await writeWhole(refuge, text());
    return `the model was saved as ${refuge}: copy it from there`;
  } catch {
    return 'make room or mend the folder, and repeat the command with --resume, which goes on from the last saved state';
  }
}

const OPENING = '"data":"';
const QUOTE = 0x22;

/** The length of the shortest number in base64: a byte, of which 3 make 4 characters. */
const NUMBER_LENGTH = 4 / 3;

const COMMA = 0x2c;

/** The length of the shortest text that is kept as bytes. */
const SHORTEST_TEXT = 1000;

/** How many values a checkpoint may list beside one for each of its numbers: the epochs, and names that it has seen. */
const MOST_LISTED = 3_000_000;

/** How many bytes each of them may have, on average. */
const LONGEST_LISTED = 64;

/**
 * Parses the JSON of a checkpoint, but leaves the base64 of its numbers as bytes: they are nearly all of the checkpoint,
 * and making strings of them takes longer than the rest, and several times their memory.
 *
 * @throws {UserError} if the bytes are no JSON, exit code 3
 */
export function parseCheckpoint(bytes: Uint8Array, source: string): unknown {
  const { rest, texts } = takeNumbers(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  checkCount(rest, bytes.length, source);
  try {
    const json: unknown = JSON.parse(decodeText(rest, source));
    putBack(json, texts);
    return json;
  } catch {
    return parseJson(decodeText(bytes, source), source); // says where in the file
  }
}

/**
 * Checks that a checkpoint lists no more than its numbers are for, as each word has a row of them: to parse ten million
 * words takes half a minute.
 *
 * @throws {UserError} if it lists more, exit code 3
 */
function checkCount(rest: Buffer, size: number, source: string): void {
  const most = MOST_LISTED + Math.floor((size - rest.length) / NUMBER_LENGTH);
  if (rest.length <= most) return;
  if (!/^\s*(\{|$)/.test(rest.toString('latin1', 0, 100))) parseJson('', source);
  if (rest.length > most * LONGEST_LISTED)
    throw damaged(source, `it has ${rest.length} bytes beside its numbers, which are for at most ${most} values`);
  let commas = 0;
  for (const byte of rest) if (byte === COMMA) commas++;
  if (commas > most) throw damaged(source, `it lists ${commas} values, and its numbers are for at most ${most}`);
}

/** Takes the texts of numbers out of the JSON, and leaves marks in their places. */
function takeNumbers(bytes: Buffer): { readonly rest: Buffer; readonly texts: ReadonlyMap<string, Uint8Array> } {
  const texts = new Map<string, Uint8Array>();
  const pieces: Buffer[] = [];
  let taken = 0;
  for (let at = bytes.indexOf(OPENING); at >= 0; ) {
    const start = at + OPENING.length;
    const end = bytes.indexOf(QUOTE, start);
    if (end - start >= SHORTEST_TEXT) {
      const mark = `(${texts.size})`; // no base64
      texts.set(mark, bytes.subarray(start, end));
      pieces.push(bytes.subarray(taken, start), Buffer.from(mark));
      taken = end;
    }
    at = bytes.indexOf(OPENING, Math.max(start, end));
  }
  return { rest: pieces.length > 0 ? Buffer.concat([...pieces, bytes.subarray(taken)]) : bytes, texts };
}

/** Puts the texts in the places of their marks. */
function putBack(json: unknown, texts: ReadonlyMap<string, Uint8Array>): void {
  if (typeof json !== 'object' || json === null) return;
  if (Array.isArray(json) && typeof json[0] !== 'object') return; // words
  for (const [key, value] of Object.entries(json)) {
    const text = key === 'data' && typeof value === 'string' ? texts.get(value) : undefined;
    if (text) (json as Record<string, unknown>)[key] = text;
    else putBack(value, texts);
  }
}
