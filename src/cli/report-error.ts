import { CommanderError } from 'commander';
import { badUsage, ExitCode, UserError } from '../errors.js';
import { wrapLine } from '../reports/lines.js';
import { oneOf } from '../settings/one-of.js';
import { counted } from '../text/counts.js';
import { chalkFor, hasPrinted, print, widthOf } from './streams.js';

/** Lines after the first are indented by the width of `rnn: `. */
const INDENT = ' '.repeat(5);

/**
 * Says what went wrong, in one message; as JSON on stdout too where a program asked for that and nothing stands there yet.
 *
 * @param argv the arguments, as Node gives them
 * @param command the command among them; undefined if there is none
 * @returns the exit code for it
 */
export async function reportError(
  error: unknown,
  argv: readonly string[],
  command: string | undefined,
): Promise<ExitCode> {
  if (error instanceof CommanderError && /^commander\.(?:help|version)/.test(error.code))
    return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  const known = error instanceof CommanderError ? inOurWords(error, command) : error;
  const told = known instanceof UserError ? withWayOn(known, argv, command) : internalError(known);
  const lines = [`rnn: ${told.message}`, ...(told.hint ? [INDENT + told.hint] : [])].join('\n').split('\n');
  const text = lines.map((line) => `${wrapLine(line, widthOf(process.stderr), INDENT)}\n`).join('');
  process.stderr.write(text.replace('rnn:', chalkFor(process.stderr).red('rnn:')));
  if (wantsJson(argv) && !hasPrinted()) await print(`${JSON.stringify({ error: forPrograms(told) })}\n`);
  return told.exitCode;
}

/** Commands that can leave out what they cannot read. */
const TOLERANT = ['train', 'eval', 'convert'];

/** Adds to the hint of a mistake in one line or record how the command goes on without it. */
function withWayOn(error: UserError, argv: readonly string[], command = ''): UserError {
  if (!error.canBeLeftOut || !TOLERANT.includes(command) || argv.includes('--keep-going')) return error;
  const { message, hint, exitCode } = error;
  const wayOn = '--keep-going leaves out what cannot be read';
  return new UserError(message, { hint: hint === undefined ? wayOn : `${hint}; ${wayOn}`, exitCode, cause: error });
}

function internalError(error: unknown): UserError {
  const { message, stack = '' } = error as Error;
  return new UserError(`internal error: ${message}`, {
    hint: process.env.DEBUG ? `\n${stack}` : 'please report it, with what DEBUG=1 shows',
  });
}

/** Tells whether the arguments ask for one JSON object on stdout; that of `rnn tag` is one for each sentence. */
function wantsJson([, , command, ...rest]: readonly string[]): boolean {
  const end = rest.indexOf('--');
  const options = rest.slice(0, end < 0 ? undefined : end);
  if (command === 'tag') return false;
  return options.some(
    (option, index) =>
      option === '--json' || option === '--to=json' || (option === 'json' && options[index - 1] === '--to'),
  );
}

function forPrograms({ message, hint, exitCode }: UserError): object {
  return { code: exitCode, message, ...(hint && { hint }) };
}

/** For each code of commander, what its message looks like, and what we say instead. */
const MESSAGES: Readonly<Record<string, readonly [RegExp, (...groups: string[]) => string]>> = {
  'commander.unknownOption': [
    /^unknown option '(.*?)'(?:\n\((.*)\))?$/s,
    (name, nearest) => `unknown option ${name}${sentence(nearest)}`,
  ],
  'commander.unknownCommand': [
    /^unknown command '(.*?)'(?:\n\((.*)\))?$/s,
    (name, nearest) => `unknown command ${name}${sentence(nearest)}`,
  ],
  'commander.missingArgument': [/^missing required argument '(.*)'$/s, (name) => `expected ${name}, found nothing`],
  'commander.optionMissingArgument': [
    /^option '(.*)' argument missing$/s,
    (flags) => `option ${nameOf(flags)}: expected a value, found nothing`,
  ],
  'commander.missingMandatoryOptionValue': [
    /^required option '(.*)' not specified$/s,
    (flags) => `option ${nameOf(flags)} is missing`,
  ],
  'commander.excessArguments': [
    /^too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)/s,
    (_, expected, found) =>
      `expected ${expected === '0' ? 'no argument' : `at most ${counted(Number(expected), 'argument')}`}, found ${found}`,
  ],
  'commander.invalidArgument': [
    /^(?:option '(.*?)' argument|command-argument value) '(.*)' is invalid(?: for argument '(.*)')?\. (.*?)\.?$/s,
    (flags, value, argument, text = '') =>
      `${flags ? `option ${nameOf(flags)}` : argument} ${JSON.stringify(value)}: ${expectation(text)}`,
  ],
};

/** Returns an error of commander with a message as all of ours are. */
function inOurWords({ code, message }: CommanderError, command: string | undefined): UserError {
  const text = message.replace(/^error: /, '');
  const [pattern, say] = MESSAGES[code] ?? [];
  const groups = pattern?.exec(text)?.slice(1);
  return badUsage(groups && say ? say(...groups) : text, `see rnn ${command === undefined ? '' : `${command} `}--help`);
}

/** Returns ` Did you mean train?` as a sentence after another, or nothing. */
function sentence(text: string | undefined): string {
  return text ? `. ${text}` : '';
}

/** Returns what a value is refused with, as it stands after a colon. */
function expectation(text: string): string {
  const [, choices] = /^Allowed choices are (.*)$/s.exec(text) ?? [];
  return choices === undefined
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : `expected ${oneOf(choices.split(', '))}`;
}

/** Returns the long name of an option's flags, as `--output` of `-o, --output <file>`. */
function nameOf(flags = ''): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}
