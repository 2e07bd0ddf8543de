import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { badUsage } from '../errors.js';
import { type CorpusReading, readingOf } from '../formats/format.js';
import { FORMAT_NAMES } from '../formats/format-names.js';
import { refuseSameFile, STANDARD_STREAM } from '../node/files.js';
import { checkWritable } from '../node/writing.js';
import { nearestName } from '../settings/nearest.js';
import { oneOf } from '../settings/one-of.js';

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
  return addColumnOptions(
    command.addOption(
      choice('--from <format>', 'format of the corpus (default: found out from its content)', FORMAT_NAMES),
    ),
  );
}

/** Adds the flags of `addCorpusOptions`, but for `--from`. */
export function addColumnOptions(command: Command): Command {
  return command
    .option('--tag-names <names>', 'what the numbers of ner_tags mean: names with commas between them', readNames)
    .addOption(choice('--offsets <unit>', 'what character offsets count (default: what the format does)', OFFSETS))
    .addOption(tokenColumnOption())
    .option(
      '--tag-column <n>',
      'column of the tag, from 1 (default: the last, or the one that holds the tags)',
      readCount,
    )
    .option('--unknown-tag <tag>', 'tag of tokens whose tag is not known (default: ? where tags have prefixes)');
}

/** What the flags of `addToleranceOptions` say. */
export interface ToleranceOptions {
  readonly keepGoing?: true;
  readonly repair?: true;
}

/** Adds the flags that say what is done with a corpus that is not as it should be. */
export function addToleranceOptions(command: Command): Command {
  return command
    .option('--keep-going', 'leave out what cannot be read, tell it, and end with exit code 3')
    .option('--repair', 'repair in memory what rnn check --repair would, and tell it');
}

/** Returns how options say that a corpus is read, those of `addToleranceOptions` included. */
export function tolerantReadingOf({ keepGoing, repair, ...options }: CommonOptions & ToleranceOptions): CorpusReading {
  return readingOf({ ...options, keepsGoing: keepGoing, repairs: repair });
}

/** Makes the flag for dictionaries that networks are trained with. */
export function dictionaryOption(): Option {
  const help = 'names, one a line, gzip too: the network sees which words are names among them; may be repeated';
  return new Option('--dictionary <label=file>', help).argParser(readDictionaryFile);
}

/** Makes the flag for names that a trained model gets. */
export function addedNamesOption(): Option {
  const help = 'add names, one a line, to a dictionary that the model was trained with; may be repeated';
  return new Option('--dictionary <label=file>', help).argParser(readDictionaryFile);
}

/** Returns the files of dictionaries. */
export function filesOf(dictionaries: readonly DictionaryFile[] = []): string[] {
  return dictionaries.map(({ file }) => file);
}

/** Reads `LABEL=FILE`, and adds it to those before. */
function readDictionaryFile(text: string, before: readonly DictionaryFile[] = []): DictionaryFile[] {
  const place = text.indexOf('=');
  const [label, file] = [text.slice(0, place), text.slice(place + 1)];
  if (place < 1 || file === '') throw new InvalidArgumentError('Expected a label and a file, as in PER=people.txt.');
  return [...before, { label, file }];
}

const OFFSETS = ['utf16', 'codepoints'];

/** Makes a flag that takes one of some values. */
export function choice(flags: string, help: string, choices: readonly string[]): Option {
  return new Option(flags, help).choices(choices);
}

/** Makes the flag for the column of tokens. */
export function tokenColumnOption(): Option {
  const help = 'column of the token, from 1 (default: the first; the second where lines are numbered)';
  return new Option('--token-column <n>', help).argParser(readCount);
}

/** Makes the flag for the number of threads. */
export function workersOption(): Option {
  const help = 'threads; never changes the result (default: the processors)';
  return new Option('--workers <n>', help).argParser(readCount);
}

/** Reads a whole number from 1. */
export function readCount(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}

/** Creates a reader of numbers that refuses those which are not allowed. */
export function numberReader(isAllowed: (value: number) => boolean, expected: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!isAllowed(value)) throw new InvalidArgumentError(`Expected ${expected}.`);
    return value;
  };
}

/** Reads names with commas between them. */
function readNames(text: string): string[] {
  const names = text.split(',');
  if (names.includes('') || new Set(names).size !== names.length)
    throw new InvalidArgumentError('Expected different names with commas between them, as in O,B-PER,I-PER.');
  return names;
}

/** Makes options with choices take them in capitals too, and name the nearest one where a value is none of them. */
export function forgiveChoices(command: Command): void {
  for (const option of command.options) {
    const choices = option.argChoices;
    if (!choices) continue;
    option.argParser((value: string) => {
      const found = choices.find((choice) => choice === value.toLowerCase());
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`Expected ${oneOf(choices)}.${suggestion(value, choices)}`);
    });
  }
}

/** ` Did you mean iob2?` for what is nearly one of some names; empty for what is none. */
export function suggestion(value: string, names: readonly string[]): string {
  const nearest = nearestName(value, names);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}

/**
 * Refuses, before any work is done, files that cannot all be meant.
 *
 * @param inputs files that are read; undefined where an option was not given
 * @param output the file that is written
 * @param option option that names it
 * @throws UserError where stdin is read twice or a file is both read and written, exit code 2; where the output cannot
 *   be written, exit code 1
 */
export async function checkFileArguments(
  inputs: readonly (string | undefined)[],
  output: string = STANDARD_STREAM,
  option = '-o',
): Promise<void> {
  const paths = inputs.filter((path) => path !== undefined);
  if (paths.filter((path) => path === STANDARD_STREAM).length > 1)
    throw badUsage('stdin (-) is named more than once, and can be read only once', 'name a file for the others');
  if (output === STANDARD_STREAM) return;
  await refuseSameFile(paths, output, option);
  await checkWritable(output, option);
}
