import type { Command } from 'commander';
import { withNamesOfFiles } from '../commands/names-of-files.js';
import { type TagInput, type TagOptions, type TagSource, tag } from '../commands/tag.js';
import { TEXT_COLUMN } from '../commands/tag-tables.js';
import { issueLine } from '../corpora/notices.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { badInput, badUsage } from '../errors.js';
import type { ConversionIssue } from '../formats/format.js';
import { type Language, labelsOf } from '../model/language.js';
import type { TableFormat } from '../node/csv-rows.js';
import { nameOf, STANDARD_STREAM, streamBytes } from '../node/files.js';
import { readLines, readText } from '../node/lines.js';
import { DEFAULT_MODEL, openModel, readModelFile } from '../node/model-file.js';
import { processorCount } from '../node/processors.js';
import { openReplacement, type Replacement } from '../node/writing.js';
import { labelColours } from '../reports/label-colours.js';
import { createPaintedWriter, type RecordWriter, type TaggedFormat } from '../reports/tagged.js';
import { createTableWriter, type TableWriter } from '../reports/tagged-table.js';
import { ParallelTagger } from '../tagging/parallel-tagger.js';
import { counted } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
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
import { listenForInterrupt } from './follow.js';
import {
  addRedactionOptions,
  checkMap,
  hidingText,
  type OpenRedaction,
  openRedaction,
  type RedactionFlags,
  refuseRedactionFlags,
} from './redaction-options.js';
import { chalkFor, print, say, wantsColour } from './streams.js';

interface Options extends CommonOptions, RedactionFlags, Pick<TagOptions, 'minConfidence' | 'top'> {
  readonly model: string;
  readonly dictionary?: readonly DictionaryFile[];
  readonly file?: string[];
  readonly from: TagInput;
  readonly to: TaggedFormat | TableFormat | 'redacted';
  readonly textColumn?: string;
  readonly json?: true;
  readonly workers?: number;
  readonly keepGoing?: true;
  readonly buffer: 'line' | 'block';
  readonly output: string;
}

type Output = Pick<Replacement, 'finish' | 'discard'> & { write(text: string | Uint8Array): Promise<void> };

/** The number of failed records that get a warning of their own. */
const FAILURES_TOLD = 10;

const readFraction = numberReader((value) => value >= 0 && value <= 1, 'a number from 0 to 1');

const BUFFER_HELP = 'tag what has come at once (line), or wait for full batches (block)';

const EXAMPLES = `Examples:
  rnn tag "Harry Potter met Hermione Granger in London ."
  rnn tag < sentences.txt                      a sentence a line
  rnn tag --from text --file book.txt --to html -o book.html
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
        'a line holds a sentence, its tokens between spaces, one token, or a JSON record; or all is one text, or a table',
        ['lines', 'tokens', 'conll', 'jsonl', 'text', 'csv', 'tsv'],
      ).default('lines'),
    )
    .addOption(
      choice('--to <format>', 'how results look; redacted: names are replaced', [
        ...['inline', 'conll', 'jsonl', 'html', 'csv', 'tsv', 'redacted'],
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
    runTag(sentences, { ...options, to: options.to === 'redacted' ? 'redacted' : formatOf(command, 'jsonl') }),
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
  const redacted =
    options.to === 'redacted'
      ? await openRedaction(
          tagger.model,
          options,
          { from: options.from, asJson: options.json === true },
          options.output,
          nameOf(options.model),
        )
      : undefined;
  const table = openTable(options, tagger.model.language);
  const sources =
    paths.length > 0 ? paths.map((path) => fileSource(path, options)) : [argumentSource(sentences, options)];
  let failures = 0;
  const onFailure = ({ error }: { readonly error: string }): void => {
    failures++;
    if (failures <= FAILURES_TOLD) say(`warning: ${error}\n`, options.quiet);
  };
  const onIssue = (issue: ConversionIssue): void => say(`warning: ${issueLine(issue)}\n`, options.quiet);
  const { keepGoing: keepsGoing, buffer, recall } = options;
  const common = { ...options, keepsGoing, waits: buffer === 'block', onFailure, onIssue };
  const results = tag(tagger, sources, {
    ...common,
    ...destinationOf(options, tagger.model.language, redacted, table),
  });
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
    for (const notice of table?.notices() ?? []) say(`warning: ${notice}\n`, options.quiet);
    if (paths.includes(STANDARD_STREAM)) process.stdin.destroy(); // after a failure nobody waits for more
  }
  if (failures > FAILURES_TOLD)
    say(`warning: ${counted(failures - FAILURES_TOLD, 'more record')} could not be read\n`, options.quiet);
  if (failures > 0 && keepsGoing)
    throw badInput(`${counted(failures, 'record')} could not be read`, placesOfFailures(options));
}

/** Says what stands in the places of records that could not be read. */
function placesOfFailures({ to, json }: Options): string {
  if (to === 'csv' || to === 'tsv') return 'the last cells of their rows say why';
  return to === 'jsonl' || to === 'html' || json ? 'their places have error records' : 'their places have empty lines';
}

/** @throws {UserError} if options do not go together, exit code 2 */
function refuseConflicts(sentences: readonly string[], options: Options): void {
  if (sentences.length > 0 && options.file)
    throw badUsage('sentences as arguments and --file at once', 'leave one of them out');
  const isTable = [options.from, options.to].some((format) => format === 'csv' || format === 'tsv');
  if (options.textColumn !== undefined && !isTable)
    throw badUsage('--text-column names a column of a table, and there is none', 'add --from csv or --from tsv');
  if (options.top !== undefined && options.to !== 'jsonl')
    throw badUsage(`--top needs --to jsonl, and results are ${options.to}`, 'add --json');
  if (options.to !== 'redacted') refuseRedactionFlags(options, options.to);
  else if (options.recall !== undefined && options.minConfidence !== undefined)
    throw badUsage('--recall and --min-confidence at once', 'leave one of them out: both choose what is a name');
}

/** Makes one record of each argument, whatever it holds, unless lines hold something else than sentences: then it may hold several. */
function argumentSource(sentences: readonly string[], { from }: Options): TagSource {
  const lines = from === 'lines' ? sentences : sentences.flatMap((sentence) => sentence.split('\n'));
  return { source: 'arguments', lines: () => [lines], documents: () => sentences.map((sentence) => [sentence]) };
}

function fileSource(path: string, { quiet, keepGoing }: Options): TagSource {
  const source = nameOf(path);
  const bytes = (): AsyncIterable<Buffer> => {
    if (path === STANDARD_STREAM && process.stdin.isTTY)
      say('Type a sentence and press Enter; Ctrl-D ends. (rnn tag --help shows other ways.)\n', quiet);
    return streamBytes(path);
  };
  return {
    source,
    lines: () => readLines(bytes(), source, keepGoing),
    documents: () => [readText(bytes(), source)],
  };
}

/** Makes the writer of a table, if one is asked for. */
function openTable({ to, textColumn = TEXT_COLUMN, keepGoing }: Options, language: Language): TableWriter | undefined {
  if (to !== 'csv' && to !== 'tsv') return undefined;
  return createTableWriter(language, {
    delimiter: to === 'csv' ? ',' : '\t',
    textColumn,
    hasErrors: keepGoing === true,
  });
}

/** Returns where results go: the writer of a redaction, that of a table, a painter where a terminal shows them, or a format. */
function destinationOf(
  options: Options,
  language: Language,
  redacted: OpenRedaction | undefined,
  table: TableWriter | undefined,
): Pick<TagOptions, 'to' | 'format' | 'confidence' | 'hidingLevel'> {
  if (redacted) return redacted.redaction;
  if (table) return { to: table };
  const { to } = options;
  return { to: isPainted(options, language.scheme) ? createPainter(language) : (to as TaggedFormat) };
}

function isPainted({ to, output }: Options, scheme: Scheme): boolean {
  return to === 'inline' && hasSpans(scheme) && output === STANDARD_STREAM && wantsColour(process.stdout);
}

/** Makes a writer that paints entities in the colours of their labels. */
function createPainter(language: Language): RecordWriter {
  const chalk = chalkFor(process.stdout);
  const colourOf = labelColours(labelsOf(language));
  return createPaintedWriter((entity, label) => {
    const colour = chalk[colourOf(label).terminal];
    return `${colour.bold(entity)} ${colour.dim(label)}`;
  });
}

/** Opens where results go: a file is in its place only when it is whole, and a process that is told to stop removes its part. */
async function openOutput(path: string): Promise<Output> {
  if (path === STANDARD_STREAM) return { write: print, finish: async () => {}, discard: async () => {} };
  listenForInterrupt(() => {});
  return openReplacement(path);
}
