import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A simulated annotator's work on one corpus. */
export interface RunName {
  readonly corpus: string;
  /** How sentences are chosen; `all` has all of them at once. */
  readonly order: 'uncertain' | 'random' | 'all';
  readonly seed: number;
  /** The number of sentences of the training part that were taken, if not all. */
  readonly most?: number | undefined;
}

/** A training of the annotator's model. */
export interface Step extends RunName {
  /** The places of the sentences that were labelled since the step before, in their order. */
  readonly picked: readonly number[];
  /** The number of sentences and of tokens that have been labelled. */
  readonly sentences: number;
  readonly tokens: number;
  /** Entity F1 on test, as a fraction of 1. */
  readonly f1: number;
  readonly seconds: number;
}

/** Steps in a file of JSON lines, so that a stopped run goes on behind its last one. */
export class StepsFile {
  readonly #path: string;
  readonly #steps = new Map<string, Step[]>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** Reads what is there; a last line that a stop cut off is taken away. */
  static async open(path: string): Promise<StepsFile> {
    await mkdir(dirname(path), { recursive: true });
    const text = existsSync(path) ? await readFile(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await writeFile(path, whole);
    const file = new StepsFile(path);
    for (const line of whole.split('\n').filter(Boolean)) file.#take(JSON.parse(line));
    return file;
  }

  /** The steps of a run, in their order. */
  of(run: RunName): readonly Step[] {
    return this.#steps.get(keyOf(run)) ?? [];
  }

  async add(step: Step): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(step)}\n`);
    this.#take(step);
  }

  #take(step: Step): void {
    const key = keyOf(step);
    this.#steps.set(key, [...(this.#steps.get(key) ?? []), step]);
  }
}

function keyOf({ corpus, order, seed, most }: RunName): string {
  return JSON.stringify([corpus, order, seed, most]);
}
