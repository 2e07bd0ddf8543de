import { isNotice, type Notice, Work } from '../commands/story.js';
import { ExitCode } from '../errors.js';
import { wrapLines } from '../reports/lines.js';
import { say, widthOf } from './streams.js';

/**
 * Follows a story to its end: prints its notices on stderr, unless told to be quiet, and hands on its other events. A
 * notice of input that was left out sets the exit code.
 *
 * @param beforeNotice clears the line for a notice
 * @returns the story's report
 * @throws what the story or `show` throws
 */
export async function follow<Event extends { readonly kind: string }, Report>(
  story: AsyncGenerator<Event, Report, undefined>,
  quiet: boolean | undefined,
  show: (event: Exclude<Event, Notice>) => void | Promise<void> = () => {},
  beforeNotice: () => void = () => {},
): Promise<Report> {
  const work = new Work(story);
  for await (const event of work) {
    if (isNotice(event)) {
      beforeNotice();
      say(`${wrapLines(event.text, widthOf(process.stderr))}\n`, quiet);
      if (event.isOfBadInput) process.exitCode = ExitCode.badInput;
    } else await show(event as Exclude<Event, Notice>);
  }
  return work.result();
}

const CODES = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated } as const;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; undefined while there was none. */
  exitCode(): ExitCode | undefined;
  /** From now on the first signal is a wish; until then, while nothing is worth saving, it ends the process. */
  bePatient(): void;
  /** Gives the signals back to whoever had them. */
  release(): void;
}

/**
 * Turns Ctrl-C and SIGTERM, once work has begun, into a polite wish to stop; the second one ends the process at once.
 *
 * @param sayGoodbye called where the process ends before work has begun
 */
export function listenForInterrupt(sayGoodbye: () => void): Interrupt {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  let isPatient = false;
  const listener = (signal: keyof typeof CODES): void => {
    if (!isPatient) sayGoodbye();
    if (code !== undefined) process.stderr.write('\nstopped at once: what was not saved is lost\n');
    if (code !== undefined || !isPatient) process.exit(code ?? CODES[signal]);
    code = CODES[signal];
    controller.abort();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    exitCode: () => code,
    bePatient() {
      isPatient = true;
    },
    release() {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
