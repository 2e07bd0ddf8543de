import type { Command } from 'commander';
import { withNamesOfFiles } from '../commands/names-of-files.js';
import { type TagOptions, tag } from '../commands/tag.js';
import { issueLine } from '../corpora/notices.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { describeDocument, leftOutWarning } from '../documents/describe-document.js';
import { DOCUMENT_KINDS, isDocumentKind } from '../documents/document.js';
import { badInput, badUsage } from '../errors.js';
import type { ConversionIssue } from '../formats/format.js';
import { nameOf, STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL, openModel, readModelFile } from '../node/model-file.js';
import { processorCount } from '../node/processors.js';
import { ParallelTagger } from '../tagging/parallel-tagger.js';
import { counted } from '../text/counts.js';
import {
  addedNamesOption,
  addQuietOption,
  type CommonOptions,
  checkFileArguments,
  choice,
  filesOf,
  formatOf,
  numberReader,
  readCount,
  tokenColumnOption,
  workersOption,
} from './common-options.js';
import { addRedactionOptions, checkMap, hidingText, refuseRedactionFlags } from './redaction-options.js';
import { say } from './streams.js';
import { type DestinationOptions, isTable, openDestination, openOutput } from './tag-destination.js';
import { argumentSource, fileSource, type SourceOptions } from './tag-sources.js';

interface Options
  extends Omit<CommonOptions, 'from'>,
    DestinationOptions,
    SourceOptions,
    Pick<TagOptions, 'minConfidence' | 'top'> {
  readonly model: string;
  readonly dictionary?: readonly DictionaryFile[];
  readonly file?: string[];
  readonly workers?: number;
  readonly buffer: 'line' | 'block';
}

/** The number of failed records that get a warning of their own. */
const FAILURES_TOLD = 10;

const readFraction = numberReader((value) => value >= 0 && value <= 1, 'a number from 0 to 1');

const BUFFER_HELP = 'tag what has come at once (line), or wait for full batches (block)';

const EXAMPLES = `Examples:
  rnn tag "Harry Potter met Hermione Granger in London ."
  rnn tag < sentences.txt                      a sentence a line
  rnn tag --from text --file book.txt --to html -o book.html
  rnn tag --file report.pdf letter.docx --json  (needs npm install unpdf mammoth)
  rnn tag --file a.txt b.txt --to jsonl --min-confidence 0.8 -o tagged.jsonl
  rnn tag --from jsonl --keep-going --json < records.jsonl
  rnn tag --from conll --to conll < tokens.conll
  rnn tag --from csv --text-column comment --to csv --file form.csv -o tagged.csv
  rnn tag --to redacted --style number --recall 0.99 < letters.txt
`;

export function addTagCommand(program: Command): void {
  const command = program
    .command('tag')
    .summary('find the names in sentences')
    .description('Tags sentences given as arguments, from files, or from stdin, one result a sentence, in their order.')
    .argument('[sentence...]', 'sentences to tag, - for the lines of stdin (default: -)')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .addOption(addedNamesOption())
    .option('--file <file...>', 'tag the lines of these files, gzip too, - for stdin')
    .addOption(
      choice(
        '--from <format>',
        'a line holds a sentence, its tokens between spaces, one token, or a JSON record; or all is one text, a table, or a document (which is found out)',
        ['lines', 'tokens', 'conll', 'jsonl', 'text', 'csv', 'tsv', ...DOCUMENT_KINDS],
      ).default('lines'),
    )
    .addOption(
      choice('--to <format>', 'how results look; redacted: names are replaced; text: nothing but what was read', [
        ...['inline', 'conll', 'jsonl', 'html', 'csv', 'tsv', 'redacted', 'text'],
      ]).default('inline'),
    )
    .option('--min-confidence <x>', 'leave out entities that are less probable, from 0 to 1', readFraction)
    .option('--top <n>', 'add the n best ways to tag each sentence, with their probabilities (jsonl only)', readCount)
    .option('--keep-going', 'a record that cannot be read becomes an error record; exit code 3 at the end')
    .addOption(choice('--buffer <how>', BUFFER_HELP, ['line', 'block']).default('line'))
    .addOption(tokenColumnOption())
    .option('--text-column <text>', 'name of the column of the texts in a table (default: text)')
    .addOption(workersOption())
    .option('--json', 'the same as --to jsonl; with --to redacted, both texts and their offsets')
    .option('-o, --output <file>', 'where results go, - for stdout', STANDARD_STREAM);
  addRedactionOptions(command);
  addQuietOption(command).action((sentences: string[], options: Options) =>
    runTag(sentences, {
      ...options,
      isFromNamed: command.getOptionValueSource('from') === 'cli',
      to: options.to === 'redacted' ? 'redacted' : formatOf(command, 'jsonl'),
    }),
  );
}

async function runTag(sentences: string[], options: Options): Promise<void> {
  refuseConflicts(sentences, options);
  const readsStdin = sentences.length === 0 || (sentences.length === 1 && sentences[0] === STANDARD_STREAM);
  const paths = options.file ?? (readsStdin ? [STANDARD_STREAM] : []);
  const { dictionary } = options;
  const inputs = [options.model, options.keyFile, ...paths, ...filesOf(dictionary)];
  await checkFileArguments(inputs, options.output);
  await checkMap(options, options.output);
  await checkFileArguments(inputs, options.map, '--map');
  const model = await withNamesOfFiles(openModel(await readModelFile(options.model)), dictionary);
  const tagger = new ParallelTagger(model, options.workers ?? processorCount());
  const destination = await openDestination(tagger.model, options, nameOf(options.model));
  const { redacted } = destination;
  const sources =
    paths.length > 0 ? paths.map((path) => fileSource(path, options)) : [argumentSource(sentences, options)];
  let failures = 0;
  const onFailure = ({ error }: { readonly error: string }): void => {
    failures++;
    if (failures <= FAILURES_TOLD) say(`warning: ${error}\n`, options.quiet);
  };
  const onIssue = (issue: ConversionIssue): void => say(`warning: ${issueLine(issue)}\n`, options.quiet);
  const { keepGoing: keepsGoing, buffer, recall } = options;
  const onDocument: TagOptions['onDocument'] = (document, source) => {
    if (!options.isFromNamed) say(`${source}: read as ${describeDocument(document)}\n`, options.quiet);
    const warning = leftOutWarning(document, source);
    if (warning !== undefined) say(`${warning}\n`, options.quiet);
  };
  const common = { ...options, keepsGoing, waits: buffer === 'block', onFailure, onIssue, onDocument };
  const results = tag(tagger, sources, { ...common, ...destination.wishes });
  if (redacted?.redaction.hiding && recall !== undefined)
    say(hidingText(redacted.redaction.hiding, recall, dictionary !== undefined), options.quiet);
  const output = await openOutput(options.output);
  try {
    for await (const result of results) {
      await output.write(result);
      await redacted?.save();
    }
    await redacted?.finish();
    await output.finish();
  } catch (error) {
    await redacted?.discard();
    await output.discard();
    throw error;
  } finally {
    for (const notice of destination.notices()) say(`warning: ${notice}\n`, options.quiet);
    if (paths.includes(STANDARD_STREAM)) process.stdin.destroy(); // after a failure nobody waits for more
  }
  if (failures > FAILURES_TOLD)
    say(`warning: ${counted(failures - FAILURES_TOLD, 'more record')} could not be read\n`, options.quiet);
  if (failures > 0 && keepsGoing)
    throw badInput(`${counted(failures, 'record')} could not be read`, placesOfFailures(options));
}

/** Says what stands in the places of records that could not be read. */
function placesOfFailures({ from, to, json }: Options): string {
  if (isTable(to) || (to === 'redacted' && !json && isTable(from))) return 'the last cells of their rows say why';
  return to === 'jsonl' || to === 'html' || json ? 'their places have error records' : 'their places have empty lines';
}

/** @throws {UserError} if options do not go together, exit code 2 */
function refuseConflicts(sentences: readonly string[], options: Options): void {
  if (sentences.length > 0 && options.file)
    throw badUsage('sentences as arguments and --file at once', 'leave one of them out');
  if (sentences.length > 0 && sentences[0] !== STANDARD_STREAM && isDocumentKind(options.from))
    throw badUsage(`--from ${options.from} reads files, and sentences are given`, 'name files with --file');
  if (options.textColumn !== undefined && !isTable(options.from) && !isTable(options.to))
    throw badUsage('--text-column names a column of a table, and there is none', 'add --from csv or --from tsv');
  if (options.tokenColumn !== undefined && options.from !== 'conll')
    throw badUsage(
      `--token-column is about columns of tokens, and --from ${options.from} has none`,
      'add --from conll',
    );
  if (options.top !== undefined && options.to !== 'jsonl')
    throw badUsage(`--top needs --to jsonl, and results are ${options.to}`, 'add --json');
  if (options.minConfidence !== undefined && options.to === 'text')
    throw badUsage('--min-confidence chooses entities, and --to text writes none', 'leave one of them out');
  if (options.to !== 'redacted') refuseRedactionFlags(options, options.to);
  else if (options.recall !== undefined && options.minConfidence !== undefined)
    throw badUsage('--recall and --min-confidence at once', 'leave one of them out: both choose what is a name');
}
