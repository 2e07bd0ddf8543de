import { type Command, InvalidArgumentError, Option } from 'commander';
import { badUsage } from '../errors.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import { FORMAT_NAMES } from '../formats/formats.js';

export interface CommonOptions extends CorpusReading {
  readonly quiet?: true;
}

/** Adds the option that every command has. */
export function addQuietOption(command: Command): Command {
  return command.option('-q, --quiet', 'say nothing but results and errors');
}

/**
 * Returns the format that `--to` and `--json` ask for.
 *
 * @param json format that `--json` is short for
 * @throws UserError if they ask for two, exit code 2
 */
export function formatOf<Format extends string>(command: Command, json: Format): Format {
  const to: Format = command.getOptionValue('to');
  if (!command.getOptionValue('json')) return to;
  if (command.getOptionValueSource('to') === 'cli' && to !== json)
    throw badUsage(`--json is --to ${json}, and --to ${to} says otherwise`, 'leave one of them out');
  return json;
}

/** Adds the flags of `CorpusReading`, but for `--outside`, whose help depends on the command. */
export function addCorpusOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--from <format>', 'format of the corpus (default: found out from its content)').choices(FORMAT_NAMES),
    )
    .addOption(
      new Option('--tag-names <names>', 'what the numbers of ner_tags mean: names with commas between them').argParser(
        readNames,
      ),
    )
    .addOption(
      new Option('--offsets <unit>', 'what character offsets count (default: what the format does)').choices([
        'utf16',
        'codepoints',
      ]),
    )
    .addOption(tokenColumnOption())
    .addOption(
      new Option(
        '--tag-column <n>',
        'column of the tag, from 1 (default: the last, or the one that holds the tags)',
      ).argParser(readCount),
    );
}

/** Makes the flag for the column of tokens. */
export function tokenColumnOption(): Option {
  const help = 'column of the token, from 1 (default: the first; the second where lines are numbered)';
  return new Option('--token-column <n>', help).argParser(readCount);
}

/** Makes the flag for the number of threads. */
export function workersOption(): Option {
  return new Option('--workers <n>', 'threads; never changes the result (default: the processors)').argParser(
    readCount,
  );
}

/** Reads a whole number from 1. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}

/** Reads names with commas between them. */
function readNames(text: string): string[] {
  const names = text.split(',');
  if (names.includes('') || new Set(names).size !== names.length)
    throw new InvalidArgumentError('Expected different names with commas between them, as in O,B-PER,I-PER.');
  return names;
}
