import { type Command, Option } from 'commander';
import { type ConvertOptions, convert } from '../commands/convert.js';
import { lossLine } from '../corpora/losses.js';
import { badUsage } from '../errors.js';
import { readingOf } from '../formats/corpus-reading.js';
import type { Loss } from '../formats/format.js';
import { FORMAT_NAMES } from '../formats/formats.js';
import { STANDARD_STREAM } from '../node/files.js';
import { openReplacement, type Replacement, writeDocument } from '../node/replacing.js';
import { counted } from '../text/counts.js';
import { addCorpusOptions, addQuietOption, type CommonOptions } from './common-options.js';
import { checkFileArguments } from './file-arguments.js';
import { listenForInterrupt } from './interrupt.js';
import { print, say } from './streams.js';

interface Options extends CommonOptions, Pick<ConvertOptions, 'to'> {
  readonly scheme?: keyof typeof SCHEMES;
  readonly output: string;
}

/** The names of schemes, those that are the same with another name included. */
const SCHEMES = { iob1: 'iob1', iob2: 'iob2', bio: 'iob2', bioes: 'bioes', bilou: 'bilou' } as const;

const EXAMPLES = `Examples:
  rnn convert corpus.jsonl --to conll -o corpus.conll
  rnn convert train.conll --to jsonl > train.jsonl
  rnn convert annotated/ --to conll --scheme bioes     a folder of brat's .txt and .ann files
  rnn convert corpus.conll --to brat -o annotated/
`;

export function addConvertCommand(program: Command): void {
  const command = program
    .command('convert')
    .summary('bring a corpus from one format to another')
    .description(
      'Converts corpora, as a stream. What the new format cannot hold is left out and listed on stderr with its place.',
    )
    .argument('<file...>', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .addOption(new Option('--to <format>', 'format that is written').choices(FORMAT_NAMES).makeOptionMandatory())
    .addOption(
      new Option('--scheme <name>', 'spell tags so (default: as they are; IOB2 where spans become tags)').choices(
        Object.keys(SCHEMES),
      ),
    )
    .option('--outside <tag>', 'the tag outside of names, where tags have no prefix')
    .option('-o, --output <file>', 'where the corpus goes, - for stdout; for brat, a folder', STANDARD_STREAM);
  addQuietOption(addCorpusOptions(command)).action(runConvert);
}

async function runConvert(files: string[], options: Options): Promise<void> {
  const isFolder = options.to === 'brat';
  const interrupt = listenForInterrupt(() => {});
  if (isFolder && options.output === STANDARD_STREAM)
    throw badUsage(
      'brat writes two files a document, and needs a folder for them',
      'name it with -o, as in -o annotated/',
    );
  await checkFileArguments(files, isFolder ? STANDARD_STREAM : options.output);
  let losses = 0;
  const report = (loss: Loss): void => {
    losses++;
    say(`${lossLine(loss)}\n`, options.quiet);
  };
  const isFile = !isFolder && options.output !== STANDARD_STREAM;
  const output = isFile ? await openReplacement(options.output) : undefined;
  const scheme = options.scheme && SCHEMES[options.scheme];
  const count = await write({ ...options, scheme, files, reading: readingOf(options) }, report, output);
  interrupt.release();
  const were = losses === 1 ? 'it was' : 'they were';
  const told = losses > 0 ? `; ${counted(losses, 'thing')} could not be held as ${were}, listed above` : '';
  const place = options.output === STANDARD_STREAM ? '' : ` to ${options.output}`;
  say(`converted ${counted(count, 'record')}${place}${told}\n`, options.quiet);
}

async function write(
  options: ConvertOptions & { readonly output: string },
  report: (loss: Loss) => void,
  output: Replacement | undefined,
): Promise<number> {
  try {
    const pieces = convert(options, report);
    for (;;) {
      const { value, done } = await pieces.next();
      if (done) {
        await output?.finish();
        return value;
      }
      if (value.kind === 'document') await writeDocument(options.output, value.name, value.text, value.annotations);
      else if (output) await output.write(value.text);
      else await print(value.text);
    }
  } catch (error) {
    await output?.discard();
    throw error;
  }
}
