import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll } from 'vitest';

/** The real command, as it is installed. */
export const BINARY = fileURLToPath(new URL('../../bin/rnn.js', import.meta.url));

/** Few sentences, of which a network of any kind learns every tag. */
export const NAMES = `Anna\tB-PER
Smith\tI-PER
lives\tO
in\tO
London\tB-LOC
.\tO

Bob\tB-PER
Jones\tI-PER
left\tO
Paris\tB-LOC
.\tO

The\tO
bank\tO
closed\tO
.\tO

`;

/** Options for the smallest network, trained in a blink. */
export const SMALL = ['--preset', 'textbook', '--hidden', '8', '--epochs', '2'];

/** Options with which a small network learns its training corpus by heart. */
export const BY_HEART = [
  ...['--preset', 'textbook', '--hidden', '16', '--optimizer', 'adam', '--learning-rate', '0.02'],
  ...['--epochs', '80', '--patience', '30', '--unknown-rate', '0.2'],
];

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  /** Undefined where a signal ended the process. */
  readonly exitCode: number | undefined;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  /** Added to an environment that says nothing of colours. */
  readonly env?: Readonly<Record<string, string>>;
  /** The user that runs it; undefined: the one that runs the tests. */
  readonly uid?: number | undefined;
}

/** The environment of the tests, without what would tell a program about colours or a terminal. */
export function plainEnvironment(added: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  return { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, DEBUG: undefined, ...added };
}

/** Checkpoints by the corpus that they know by heart. */
const learntByHeart = new Map<string, Uint8Array>();

/** A folder of its own for the tests of one file, removed after them. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'rnn-'));

  constructor() {
    afterAll(() => rmSync(this.path, { recursive: true, force: true }), 120_000);
  }

  /** Runs `rnn` in this folder. */
  async rnn(args: readonly string[], { input = '', env = {}, uid }: RunOptions = {}): Promise<Run> {
    const { stdout, stderr, exitCode } = await execa(process.execPath, [BINARY, ...args], {
      cwd: this.path,
      input,
      ...(uid !== undefined && { uid, gid: uid }),
      env: plainEnvironment(env),
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
    });
    return { stdout, stderr, exitCode };
  }

  /** Runs `rnn`, and fails where the command does. */
  async mustRun(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    const run = await this.rnn(args, options);
    if (run.exitCode !== 0) throw new Error(`rnn ${args.join(' ')}: exit ${run.exitCode}: ${run.stderr}`);
    return run;
  }

  /** Trains `model.json`, which then knows the tags of a corpus by heart; files that share a process train it once. */
  async learnByHeart(corpus: string): Promise<void> {
    this.write('by-heart.conll', corpus);
    const known = learntByHeart.get(corpus);
    if (known) return this.write('model.json', known);
    await this.mustRun(['train', 'by-heart.conll', '--dev', 'by-heart.conll', ...BY_HEART]);
    learntByHeart.set(corpus, this.readBytes('model.json'));
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.at(name), content);
  }

  makeFolder(name: string): void {
    mkdirSync(this.at(name));
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  readBytes(name: string): Buffer {
    return readFileSync(this.at(name));
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }

  at(name: string): string {
    return join(this.path, name);
  }
}
