import { ExitCode } from '../errors.js';

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
