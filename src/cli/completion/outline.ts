import type { Command, Option } from 'commander';
import { ALL_SETTINGS, describeSetting } from '../../settings/descriptions.js';
import { flagOf } from '../../settings/flags.js';

/** The values that can be typed: some words, the name of a file, values that nobody can know, or none at all. */
export type Values = readonly string[] | 'file' | 'unknown' | 'none';

export interface OptionOutline {
  /** The short name, as `-o`. */
  readonly short: string | undefined;
  /** The long name, as `--output`. */
  readonly long: string;
  readonly help: string;
  readonly values: Values;
}

export interface CommandOutline {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionOutline[];
  /** The values of its arguments. */
  readonly values: Values;
}

/** Returns what completion needs to know of a program's commands. */
export function outlineOf(program: Command): CommandOutline[] {
  const names = program.commands.map((command) => command.name());
  return program.commands.map((command) => {
    const [argument] = command.registeredArguments;
    const files = argument ? (argument.argChoices ?? 'file') : 'none';
    return {
      name: command.name(),
      summary: command.summary(),
      options: [...command.options.map(outlineOfOption), HELP],
      values: command.name() === 'help' ? names : files,
    };
  });
}

const HELP: OptionOutline = { short: '-h', long: '--help', help: 'display help for command', values: 'none' };

/** Matches options whose values are no files: numbers, lists of names, and text. */
const UNKNOWN = /<(?:n|x|text|names|tag|fractions|[a-z]+s)>/;

function outlineOfOption(option: Option): OptionOutline {
  const { short, long = '', description, argChoices } = option;
  const words = argChoices ?? choicesOfSetting(long);
  const typed = UNKNOWN.test(option.flags) ? 'unknown' : 'file';
  const takesValue = option.required || option.optional;
  return { short, long, help: description, values: takesValue ? (words ?? typed) : 'none' };
}

function choicesOfSetting(flag: string): readonly string[] | undefined {
  const name = ALL_SETTINGS.find((each) => flagOf(each) === flag);
  return name && describeSetting(name).enum?.map(String);
}
