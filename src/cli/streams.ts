import { once } from 'node:events';
import { Chalk, type ChalkInstance } from 'chalk';
import { ExitCode } from '../errors.js';
import { reasonOf, STANDARD_STREAM } from '../node/files.js';
import { writeWhole } from '../node/writing.js';

type OutputStream = NodeJS.WriteStream;

/** Whether a stream wants colour: FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function wantsColour(
  stream: Pick<OutputStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return Boolean(stream.isTTY) && TERM !== 'dumb';
}

/** Chalk for one stream: plain where the stream wants no colour. */
export function chalkFor(stream: OutputStream): ChalkInstance {
  return new Chalk({ level: wantsColour(stream) ? 1 : 0 });
}

/** Returns a terminal's width in columns, or 80 if the stream is not a terminal or does not tell. */
export function columnsOf(stream: Pick<OutputStream, 'columns'>): number {
  return stream.columns || 80;
}

/** Returns a terminal's width in columns; undefined if the stream is not a terminal or does not tell. */
export function widthOf(stream: Pick<OutputStream, 'isTTY' | 'columns'>): number | undefined {
  return stream.isTTY && stream.columns > 0 ? stream.columns : undefined;
}

let isPrinted = false;

/** Tells whether anything has been written to stdout. */
export function hasPrinted(): boolean {
  return isPrinted;
}

/** Writes results to stdout, and waits while the reader is slower than we are. */
export async function print(text: string | Uint8Array): Promise<void> {
  if (text.length === 0) return;
  isPrinted = true;
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes a result to a file, or to stdout for `-`. */
export async function printOrWrite(text: string, path: string): Promise<void> {
  if (path === STANDARD_STREAM) await print(text);
  else await writeWhole(path, text);
}

/** Writes to stderr, unless told to be quiet. */
export function say(text: string, quiet = false): void {
  if (!quiet) process.stderr.write(text);
}

/**
 * Ends the process where stdout takes no more: a reader that closes the pipe, as `head` does, is no error, a full disk
 * is. What cannot be told on stderr is not told, and the work goes on.
 */
export function endOnBrokenStreams(): void {
  process.stderr.on('error', () => {});
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`${chalkFor(process.stderr).red('rnn:')} stdout cannot be written: ${reasonOf(error)}\n`);
    process.exit(ExitCode.failed);
  });
}
