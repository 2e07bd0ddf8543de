import { homedir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PRESETS } from '../../../src/settings/settings.js';
import { SIZES } from './few-labels.js';

export interface Arguments {
  readonly only?: readonly string[];
  readonly contestants?: readonly string[];
  readonly ablation?: readonly string[];
  readonly fewLabels?: true;
  readonly sizes: readonly number[];
  readonly samples: number;
  readonly variations?: readonly string[];
  readonly preset: string;
  readonly base: readonly string[];
  readonly seeds?: readonly number[];
  readonly results: string;
  readonly to: 'text' | 'markdown' | 'json';
  readonly print?: true;
  readonly anyVersion?: true;
  readonly retry?: true;
  /** Minutes. */
  readonly ceiling: number;
}

const EXAMPLES = `Examples:
  npm run bench:accuracy                                               all corpora, all contestants: hours
  npm run bench:accuracy -- --only wnut17,snips --contestants default,crfsuite
  npm run bench:accuracy -- --print --to markdown                      the table of what was run before
  npm run bench:accuracy -- --ablation wnut17,uner-pt-bosque           what each ingredient is worth, on dev
  npm run bench:accuracy -- --few-labels                               50 to 500 labelled sentences: hours
  npm run bench:accuracy -- --ablation wnut17 --base "--hidden 64"     the same of settings that are no preset
`;

/** Reads the command line; ends the process where it is wrong or asks for help. */
export function readArguments(): Arguments {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  return new Command('npm run bench:accuracy --')
    .description(
      'Trains presets, cells and CRFsuite on the corpora and compares them. Each run goes to the results file as it ends; what is there is not run again.',
    )
    .addHelpText('before', EXAMPLES)
    .option('--only <list>', 'corpora', readList)
    .option('--contestants <list>', 'who runs; the table has the others too, as far as they ran before', readList)
    .option('--ablation <list>', 'compare variations of a preset on these corpora instead, by dev alone', readList)
    .option('--few-labels', 'compare on samples of the training parts instead, the rest as text without labels')
    .option('--sizes <list>', 'with --few-labels: numbers of sentences', readNumbers, [...SIZES])
    .option('--samples <n>', 'with --few-labels: samples of each size', readNumber, 3)
    .option('--variations <list>', 'which ones (default: all of variations.ts)', readList)
    .addOption(new Option('--preset <name>', 'whose variations').choices(Object.keys(PRESETS)).default('default'))
    .option('--base <options>', 'options of rnn train on top of that preset', readOptions, [])
    .option('--seeds <list>', 'seeds of the presets, cells and variations, in place of their own', readNumbers)
    .option('--results <file>', 'file of JSON lines', join(cache, 'rnn-tagger', 'accuracy.jsonl'))
    .addOption(new Option('--to <format>', 'what is printed').choices(['text', 'markdown', 'json']).default('text'))
    .option('--print', 'run nothing')
    .option('--any-version', 'take results of other versions of the program too')
    .option('--retry', 'try again what failed before')
    .option('--ceiling <minutes>', 'stop a run that takes longer', readNumber, 40)
    .parse()
    .opts<Arguments>();
}

/**
 * The members of a list that were asked for, in the list's order: by their name, or by the part of it before a hyphen
 * where none has that name.
 *
 * @param wanted undefined for all
 */
export function choose<Named extends { readonly name: string }>(
  all: readonly Named[],
  wanted: readonly string[] | undefined,
  kind: string,
): readonly Named[] {
  if (wanted === undefined) return all;
  const names = new Set(all.map(({ name }) => name));
  const matches = ({ name }: Named, word: string): boolean =>
    names.has(word) ? name === word : name.startsWith(`${word}-`);
  const unknown = wanted.filter((word) => !all.some((member) => matches(member, word)));
  if (unknown.length > 0) {
    process.stderr.write(`no ${kind} ${unknown.join(', ')}: there are ${[...names].join(', ')}\n`);
    process.exit(2);
  }
  return all.filter((member) => wanted.some((word) => matches(member, word)));
}

function readOptions(text: string): string[] {
  return text.split(' ').filter(Boolean);
}

function readList(text: string): string[] {
  return text.split(',').filter(Boolean);
}

function readNumbers(text: string): number[] {
  return readList(text).map(readNumber);
}

function readNumber(text: string): number {
  const number = Number(text);
  if (!(number >= 0) || text.trim() === '') throw new InvalidArgumentError(`${text} is no number`);
  return number;
}
