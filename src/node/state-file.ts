import { createHash } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import type { SavingMoment } from '../training/loop.js';
import {
  decodeHead,
  encodeHead,
  FIRST_LINE_LIMIT,
  locateHead,
  type StateHead,
  type TrainingState,
  unusable,
} from '../training/state.js';
import type { StateBlock } from '../training/trainer.js';
import { STANDARD_STREAM, unreadable } from './files.js';
import { openReplacement } from './writing.js';

/** The number of seconds of a long epoch that may be lost. */
const INTERVAL = 30;

/** The part of the training's time that saving may cost: not all short epochs are saved. */
const SHARE = 0.02;

/**
 * Returns where the state of a training that writes this checkpoint is kept; undefined if the checkpoint goes to a
 * stream, and nothing can stand beside it.
 */
export async function statePathFor(output: string): Promise<string | undefined> {
  if (output === STANDARD_STREAM) return undefined;
  const found = await stat(output).catch(() => undefined);
  return found && !found.isFile() ? undefined : `${output}.state`;
}

/** Returns the files that the training of a checkpoint writes beside it, which nothing else may be. */
export async function statePlaces(output: string): Promise<string[]> {
  const path = await statePathFor(output);
  return path === undefined ? [] : [path, path + SUFFIX];
}

/** Saves a training from time to time while it goes on. A state that cannot be written does not end the training. */
export class StateKeeper {
  readonly #path: string;
  readonly #clock: () => number;
  readonly #began: number;
  #lastSaved: number;
  /** The seconds that the training has waited in all, and for the last state. */
  #spent = 0;
  #lastCost = 0;
  /** Settles when the last state is on the disk or has failed, and never fails. */
  #underWay: Promise<void> | undefined;
  #failure: string | undefined;
  #isSaved = false;
  #hasWarned = false;

  /** @param clock seconds since any fixed moment */
  constructor(path: string, clock: () => number) {
    this.#path = path;
    this.#clock = clock;
    this.#began = clock();
    this.#lastSaved = this.#began;
  }

  /** Writes the state if it is time to. If the training is to stop, always writes it, and waits until it is on the disk. */
  async save(moment: SavingMoment, makeState: () => TrainingState): Promise<void> {
    if (moment !== 'stop' && !this.#isDue(moment)) return;
    const before = this.#clock();
    await this.#underWay;
    try {
      const finish = await writeState(this.#path, makeState());
      this.#underWay = finish().then(
        () => this.#end(undefined),
        (error: unknown) => this.#end(error),
      );
    } catch (error) {
      this.#end(error);
    }
    if (moment === 'stop') await this.#underWay;
    this.#lastSaved = this.#clock();
    this.#lastCost = this.#lastSaved - before;
    this.#spent += this.#lastCost;
  }

  /** Returns a warning, once, if states cannot be written. */
  takeWarning(): string | undefined {
    if (this.#failure === undefined || this.#hasWarned) return undefined;
    this.#hasWarned = true;
    return `warning: ${this.#failure}; training goes on, and could not be resumed`;
  }

  /** Waits until the last state is on the disk or has failed, and returns whether it was saved. */
  async settle(): Promise<boolean> {
    await this.#underWay;
    return this.#isSaved;
  }

  /** Removes the state of a training that is over. */
  async remove(): Promise<void> {
    await this.#underWay;
    await removeState(this.#path).catch(() => undefined);
  }

  #isDue(moment: SavingMoment): boolean {
    const now = this.#clock();
    if (this.#underWay || this.#spent + this.#lastCost > SHARE * (now - this.#began)) return false;
    return moment === 'epoch' || now - this.#lastSaved >= INTERVAL;
  }

  #end(error: unknown): void {
    this.#underWay = undefined;
    this.#isSaved = error === undefined;
    this.#failure = error === undefined ? undefined : (error as Error).message;
  }
}

/** Bytes that are read and digested at once. */
const CHUNK = 1 << 22;

/** The length of the SHA-256 that ends the file, which is that of all bytes before it. */
const DIGEST_BYTES = 32;

/** What the name of a state ends with until it is whole; what a killed process leaves there, the next one writes over. */
const SUFFIX = '.tmp';

/**
 * Writes a state so that at every moment, a crash included, either the old one or the new one is there, whole. It
 * returns when the state has been taken in, and may change again.
 *
 * @returns what waits until the new one is on the disk and in its place
 * @throws {UserError} if it cannot be written, now or later; the old one stays
 */
export async function writeState(path: string, state: TrainingState): Promise<() => Promise<void>> {
  const file = await openReplacement(path, SUFFIX);
  const hash = createHash('sha256');
  for (const bytes of [encodeHead(state), ...state.blocks.map(bytesOf)]) {
    hash.update(bytes);
    await file.write(bytes);
  }
  await file.write(hash.digest());
  return file.finish;
}

/** Removes a state and what a killed process left of one. */
export async function removeState(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(path + SUFFIX, { force: true });
}

/** A saved state. */
export interface SavedState {
  readonly head: StateHead;
  /**
   * Fills blocks with the saved numbers of the blocks of the same names.
   *
   * @throws {UserError} if there is no block of that name and length
   */
  load(blocks: readonly StateBlock[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens what `writeState` wrote. Returns undefined if there is nothing.
 *
 * @throws {UserError} if it is damaged, cut short or of another version, exit code 3
 */
export async function openState(path: string): Promise<SavedState | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
  try {
    return await openWhole(file, path);
  } catch (error) {
    await file.close();
    throw (error as NodeJS.ErrnoException).syscall ? unreadable(path, error) : error;
  }
}

async function openWhole(file: FileHandle, path: string): Promise<SavedState> {
  const { size } = await file.stat();
  const { start, end } = locateHead(await readPart(file, 0, Math.min(size, FIRST_LINE_LIMIT)), path);
  if (size < end + DIGEST_BYTES) throw unusable(`${path}: cut short: it ends before its content`);
  const digest = await digestOf(file, size - DIGEST_BYTES);
  const isWhole = digest.equals(await readPart(file, size - DIGEST_BYTES, DIGEST_BYTES));
  const head = isWhole ? decodeHead(await readPart(file, start, end - start), path) : undefined;
  if (!head) throw unusable(`${path}: damaged or cut short: its checksum is not that of its content`);
  let offset = end;
  const places = new Map<string, { readonly offset: number; readonly length: number }>();
  for (const { name, length } of head.blocks) {
    places.set(name, { offset, length });
    offset += 4 * length;
  }
  if (offset !== size - DIGEST_BYTES) throw unusable(`${path}: damaged: expected ${offset} bytes before its checksum`);
  return {
    head,
    async load(blocks) {
      for (const block of blocks) {
        const place = places.get(block.name);
        if (place?.length !== block.numbers.length)
          throw unusable(`${path}: expected ${block.numbers.length} numbers of ${block.name}, found ${place?.length}`);
        await readInto(file, place.offset, bytesOf(block));
      }
    },
    close: () => file.close(),
  };
}

function bytesOf({ numbers }: StateBlock): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

async function digestOf(file: FileHandle, end: number): Promise<Buffer> {
  const hash = createHash('sha256');
  for (let start = 0; start < end; start += CHUNK)
    hash.update(await readPart(file, start, Math.min(CHUNK, end - start)));
  return hash.digest();
}

async function readPart(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  await readInto(file, offset, bytes);
  return bytes;
}

async function readInto(file: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const length = Math.min(CHUNK, bytes.length - done);
    const { bytesRead } = await file.read(bytes, done, length, offset + done);
    if (bytesRead === 0) throw new Error('the state file became shorter while it was read');
    done += bytesRead;
  }
}
