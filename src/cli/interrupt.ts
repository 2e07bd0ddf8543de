import { ExitCode } from '../errors.js';

const CODES = { SIGINT: ExitCode.interrupted, SIGTERM: ExitCode.terminated } as const;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code that the signal asks for; undefined while there was none. */
  exitCode(): ExitCode | undefined;
  /** Gives the signals back to whoever had them. */
  release(): void;
}

/** Turns the first Ctrl-C or SIGTERM into a polite wish to stop; the second one ends the process at once. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  const listener = (signal: keyof typeof CODES): void => {
    if (code !== undefined) process.exit(code);
    code = CODES[signal];
    controller.abort();
  };
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    exitCode: () => code,
    release() {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    },
  };
}
