import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Which run a result is of. */
export interface RunKey {
  readonly corpus: string;
  /** Name of the split; empty where the corpus has only one. */
  readonly split: string;
  readonly contestant: string;
  readonly seed: number;
  /** Fingerprint of the program, its options and the files: another one is another run. */
  readonly version: string;
}

export interface Measurement {
  /** F1 or accuracy, in percent, as the corpus is measured; undefined where there was no dev. */
  readonly dev?: number | undefined;
  /** Undefined where test was not looked at. */
  readonly test?: number | undefined;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly residentMegabytes: number;
  readonly tokensPerSecond?: number;
  readonly epochs?: number;
  readonly bestEpoch?: number;
}

/** A line of the results file. */
export type Result = RunKey & {
  /** Commit of the repository, for people. */
  readonly commit: string;
} & ({ readonly measured: Measurement } | { readonly failed: string });

/** Results in a file of JSON lines, one a run; the newest of a key counts. */
export class ResultsFile {
  readonly #path: string;
  readonly #keyOf: (key: RunKey) => string;
  readonly #results = new Map<string, Result>();

  private constructor(path: string, keyOf: (key: RunKey) => string) {
    this.#path = path;
    this.#keyOf = keyOf;
  }

  /**
   * Reads what is there; a last line that a stop cut off is taken away.
   *
   * @param anyVersion whether runs of other versions count too
   */
  static async open(path: string, anyVersion: boolean): Promise<ResultsFile> {
    await mkdir(dirname(path), { recursive: true });
    const text = existsSync(path) ? await readFile(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await writeFile(path, whole);
    const file = new ResultsFile(path, anyVersion ? keyOfAnyVersion : keyOf);
    for (const line of whole.split('\n').filter(Boolean)) file.#take(JSON.parse(line) as Result);
    return file;
  }

  find(key: RunKey): Result | undefined {
    return this.#results.get(this.#keyOf(key));
  }

  async add(result: Result): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(result)}\n`);
    this.#take(result);
  }

  #take(result: Result): void {
    this.#results.set(this.#keyOf(result), result);
  }
}

function keyOf(key: RunKey): string {
  return `${keyOfAnyVersion(key)} ${key.version}`;
}

function keyOfAnyVersion({ corpus, split, contestant, seed }: RunKey): string {
  return JSON.stringify([corpus, split, contestant, seed]);
}
