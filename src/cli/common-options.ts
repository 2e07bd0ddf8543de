import { type Command, InvalidArgumentError, Option } from 'commander';
import { badUsage } from '../errors.js';
import type { ConllColumns } from '../formats/conll.js';

export interface CommonOptions extends ConllColumns {
  readonly quiet?: true;
}

/** Adds what every command has. */
export function addQuietOption(command: Command): Command {
  return command.option('-q, --quiet', 'say nothing but results and errors');
}

/**
 * The format that `--to` and `--json` ask for together.
 *
 * @param json what `--json` is short for
 * @throws UserError where they ask for two, exit code 2
 */
export function formatOf<Format extends string>(command: Command, json: Format): Format {
  const to: Format = command.getOptionValue('to');
  if (!command.getOptionValue('json')) return to;
  if (command.getOptionValueSource('to') === 'cli' && to !== json)
    throw badUsage(`--json is --to ${json}, and --to ${to} says otherwise`, 'leave one of them out');
  return json;
}

/** Adds where a corpus has its columns. */
export function addColumnOptions(command: Command): Command {
  return command
    .addOption(tokenColumnOption())
    .addOption(new Option('--tag-column <n>', 'column of the tag, from 1 (default: the last)').argParser(readCount));
}

/** Where the tokens of CoNLL columns stand. */
export function tokenColumnOption(): Option {
  const help = 'column of the token, from 1 (default: the first; the second where lines are numbered)';
  return new Option('--token-column <n>', help).argParser(readCount);
}

/** How many threads work. */
export function workersOption(): Option {
  return new Option('--workers <n>', 'threads; never changes the result (default: the processors)').argParser(
    readCount,
  );
}

/** A whole number from 1, as an option has it. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
