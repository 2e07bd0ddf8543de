import { stat } from 'node:fs/promises';
import type { SavingMoment } from '../training/loop.js';
import type { TrainingState } from '../training/state.js';
import { STANDARD_STREAM } from './files.js';
import { removeState, temporaryStateOf, writeState } from './state-file.js';

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
  return path === undefined ? [] : [path, temporaryStateOf(path)];
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
