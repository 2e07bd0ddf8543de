import { setImmediate } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { makeWords, type WordsReport } from '../commands/words.js';
import { LINES, type RawReading } from '../corpora/read-raw.js';
import { badUsage } from '../errors.js';
import { FORMAT_NAMES } from '../formats/format-names.js';
import { isSamePlace, STANDARD_STREAM } from '../node/files.js';
import { writeWhole } from '../node/writing.js';
import { counted, grouped } from '../text/counts.js';
import { MOST_CLUSTERS, MOST_DIVISIONS } from '../text/word-clusters.js';
import { addQuietOption, checkFileArguments, choice, tokenColumnOption } from './common-options.js';
import { follow } from './follow.js';
import { readSettings, settingOptions } from './settings-options.js';
import { print, say } from './streams.js';

interface Options extends RawReading {
  readonly output: string;
  readonly vectorsOut?: string;
  readonly sizes?: readonly number[];
  readonly quiet?: true;
}

const EXAMPLES = `Examples:
  rnn words text.txt -o words.txt              clusters of words, from text without labels
  rnn train corpus.conll --clusters words.txt
  rnn words wiki1.txt.gz wiki2.txt.gz -o words.txt --vectors-out vectors.txt
`;

export function addWordsCommand(program: Command): void {
  const command = program
    .command('words')
    .summary('learn clusters of words from text without labels')
    .description(
      'Learns from text without labels which words occur in similar contexts, and writes their clusters for rnn train --clusters.',
    )
    .argument('<file...>', 'files of text, a sentence or more a line, or of any corpus format, gzip too')
    .addHelpText('before', EXAMPLES)
    .option('-o, --output <file>', 'where the clusters go, - for stdout', STANDARD_STREAM)
    .option('--vectors-out <file>', 'where the vectors go, as text that rnn train --vectors reads')
    .option('--sizes <numbers>', 'numbers of clusters, with commas between them (default: 64,256,1024)', readSizes)
    .addOption(
      choice('--from <format>', 'format of the files (default: found out from their content)', [
        LINES,
        ...FORMAT_NAMES,
      ]),
    )
    .addOption(tokenColumnOption());
  for (const option of settingOptions(['lowercase', 'foldDigits', 'seed'])) command.addOption(option);
  addQuietOption(command).action(runWords);
}

async function runWords(files: string[], options: Options): Promise<void> {
  const { output, vectorsOut, sizes, from, tokenColumn, quiet } = options;
  if (vectorsOut !== undefined && (await isSamePlace(output, vectorsOut)))
    throw badUsage(`clusters and vectors both want ${output}`, 'name another file with --vectors-out');
  await checkFileArguments(files, output);
  await checkFileArguments(files, vectorsOut);
  const settings = readSettings({ ...options });
  const pause = (): Promise<void> => setImmediate();
  const report = await follow(makeWords({ files, reading: { from, tokenColumn }, sizes, settings, pause }), quiet);
  await write(report.clusters(), output);
  if (vectorsOut !== undefined) await write(report.vectors(), vectorsOut);
  say(describe(report, options), quiet);
}

async function write(pieces: Iterable<string>, path: string): Promise<void> {
  if (path !== STANDARD_STREAM) return writeWhole(path, pieces);
  for (const piece of pieces) await print(piece);
}

function describe({ words, sizes }: WordsReport, { output }: Options): string {
  const found = `${counted(words, 'word')} in ${sizes.map(grouped).join(', ')} clusters`;
  if (output === STANDARD_STREAM) return `${found}\n`;
  return `${found}\nwrote ${output}: try rnn train corpus.conll --clusters ${output}\n`;
}

/** Reads numbers of clusters. */
function readSizes(text: string): number[] {
  const sizes = text.split(',').map((size) => (/^\d{1,5}$/.test(size) ? Number(size) : 0));
  const isFine = sizes.every((size, index) => size >= 2 && size < MOST_CLUSTERS && size > (sizes[index - 1] ?? 0));
  if (!isFine || sizes.length > MOST_DIVISIONS)
    throw new InvalidArgumentError('Expected rising numbers from 2 with commas between them, as in 64,256,1024.');
  return sizes;
}
