/** The exit codes of the process; the meaning of each is part of the command's contract. */
export const ExitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  badInput: 3,
  gateMissed: 4,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * A mistake that the person at the keyboard can mend. The message says what is wrong, where, what was expected and what
 * was found; the hint says what to try. Any other error is a bug of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;
  /** Whether a reader that keeps going would leave out what is wrong, and read the rest. */
  readonly canBeLeftOut: boolean;

  constructor(
    message: string,
    options: { hint?: string | undefined; exitCode?: ExitCode; cause?: unknown; canBeLeftOut?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
    this.exitCode = options.exitCode ?? ExitCode.failed;
    this.canBeLeftOut = options.canBeLeftOut ?? false;
  }
}

/** The corpus, the checkpoint or another file is not what it should be. */
export function badInput(message: string, hint?: string): UserError {
  return new UserError(message, { exitCode: ExitCode.badInput, ...(hint && { hint }) });
}

/** The command was called in a way it does not understand. */
export function badUsage(message: string, hint?: string): UserError {
  return new UserError(message, { exitCode: ExitCode.usage, ...(hint && { hint }) });
}
