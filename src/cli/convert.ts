import type { Command } from 'commander';
import { type ConvertEvent, type ConvertOptions, convert } from '../commands/convert.js';
import { IssueTally } from '../corpora/notices.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import { FORMAT_NAMES } from '../formats/format-names.js';
import { openDocumentFolder } from '../node/document-folder.js';
import { STANDARD_STREAM } from '../node/files.js';
import { openReplacement, type Replacement } from '../node/writing.js';
import { counted } from '../text/counts.js';
import {
  addCorpusOptions,
  addQuietOption,
  addToleranceOptions,
  type CommonOptions,
  checkFileArguments,
  choice,
  type ToleranceOptions,
  tolerantReadingOf,
} from './common-options.js';
import { follow, listenForInterrupt } from './follow.js';
import { print, say } from './streams.js';

interface Options extends CommonOptions, ToleranceOptions, Pick<ConvertOptions, 'to'> {
  readonly scheme?: keyof typeof SCHEMES;
  readonly output: string;
}

/** The names of schemes; some schemes have two. */
const SCHEMES = { iob1: 'iob1', iob2: 'iob2', bio: 'iob2', bioes: 'bioes', bilou: 'bilou' } as const;

const SCHEME_HELP = 'spell tags so (default: as they are; IOB2 where spans become tags)';

const EXAMPLES = `Examples:
  rnn convert corpus.jsonl --to conll -o corpus.conll
  rnn convert train.conll --to jsonl > train.jsonl
  rnn convert annotated/ --to conll --scheme bioes     a folder of brat's .txt and .ann files
  rnn convert corpus.conll --to brat -o annotated/
  rnn convert train.conll --to docbin -o train.spacy   for spacy train
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
    .addOption(
      choice('--to <format>', 'format that is written; docbin: training data of spaCy 3', [
        ...FORMAT_NAMES,
        'docbin',
      ]).makeOptionMandatory(),
    )
    .addOption(choice('--scheme <name>', SCHEME_HELP, Object.keys(SCHEMES)))
    .option('--outside <tag>', 'the tag outside of names, where tags have no prefix')
    .option('-o, --output <file>', 'where the corpus goes, - for stdout; for brat, a folder', STANDARD_STREAM);
  addQuietOption(addToleranceOptions(addCorpusOptions(command))).action(runConvert);
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
  const reading = tolerantReadingOf(options);
  // Names of tags are for the writing of token lists too.
  await refuseUnheededOptions(files, options.to === 'tokens' ? { ...options, tagNames: undefined } : options);
  const isFile = !isFolder && options.output !== STANDARD_STREAM;
  const output = isFile ? await openReplacement(options.output) : undefined;
  const documents = isFolder ? await openDocumentFolder(options.output) : undefined;
  const scheme = options.scheme && SCHEMES[options.scheme];
  const story = convert({ ...options, scheme, files, reading });
  const issues = new IssueTally();
  const show = async (event: ConvertEvent): Promise<void> => {
    if (event.kind === 'issue') issues.add(event.issue);
    else if (event.kind === 'document') await documents?.write(event.name, event.text, event.annotations);
    else {
      const piece = event.kind === 'bytes' ? event.bytes : event.text;
      if (output) await output.write(piece);
      else await print(piece);
    }
  };
  const work = follow(story, options.quiet, show).finally(() => {
    for (const line of issues.lines()) say(`${line}\n`, options.quiet);
  });
  const count = await finishing(output ?? documents, work);
  interrupt.release();
  const were = issues.count === 1 ? 'it was' : 'they were';
  const told = issues.count > 0 ? `; ${counted(issues.count, 'thing')} could not be held as ${were}, listed above` : '';
  const place = options.output === STANDARD_STREAM ? '' : ` to ${options.output}`;
  say(`converted ${counted(count, 'record')}${place}${told}\n`, options.quiet);
}

/** Puts the output in its place when the work is done, or discards it if the work fails. */
async function finishing<Result>(
  output: Pick<Replacement, 'finish' | 'discard'> | undefined,
  work: Promise<Result>,
): Promise<Result> {
  try {
    const result = await work;
    await output?.finish();
    return result;
  } catch (error) {
    await output?.discard();
    throw error;
  }
}
