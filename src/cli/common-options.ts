import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ConllColumns } from '../formats/conll.js';

export interface CommonOptions extends ConllColumns {
  readonly quiet?: true;
}

/** Adds what every command has. */
export function addQuietOption(command: Command): Command {
  return command.option('-q, --quiet', 'say nothing but results and errors');
}

/** Adds where a corpus has its columns. */
export function addColumnOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--token-column <n>', 'column of the token, from 1 (default: the first)').argParser(readCount),
    )
    .addOption(new Option('--tag-column <n>', 'column of the tag, from 1 (default: the last)').argParser(readCount));
}

/** A whole number from 1, as an option has it. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}
