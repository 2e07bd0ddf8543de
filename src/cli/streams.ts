import { once } from 'node:events';
import { Chalk, type ChalkInstance } from 'chalk';

type OutputStream = NodeJS.WriteStream;

/** Whether a stream wants colour: FORCE_COLOR, then NO_COLOR, then whether it is a terminal. */
export function wantsColour(
  stream: Pick<OutputStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv = process.env,
): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return Boolean(stream.isTTY) && TERM !== 'dumb';
}

/** Chalk for one stream: plain where the stream wants no colour. */
export function chalkFor(stream: OutputStream): ChalkInstance {
  return new Chalk({ level: wantsColour(stream) ? 1 : 0 });
}

/** Writes results to stdout, and waits while the reader is slower than we are. */
export async function print(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Writes to stderr, unless told to be quiet. */
export function say(text: string, quiet = false): void {
  if (!quiet) process.stderr.write(text);
}

/** A reader that closes the pipe, as `head` does, is no error. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}
