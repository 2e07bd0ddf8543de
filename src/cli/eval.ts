import { type Command, InvalidArgumentError } from 'commander';
import { type EvaluateOptions, type EvaluateReport, evaluate } from '../commands/evaluate/evaluate.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage, ExitCode, UserError } from '../errors.js';
import { isReadByConlleval } from '../evaluation/evaluation.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { conllevalReport } from '../reports/conlleval.js';
import { evaluationHtml } from '../reports/evaluation-html.js';
import { evaluationJson } from '../reports/evaluation-json.js';
import { evaluationLatex, evaluationMarkdown, evaluationText } from '../reports/evaluation-text.js';
import { percent } from '../reports/numbers.js';
import { hasSpans } from '../text/scheme.js';
import {
  addCorpusOptions,
  addedNamesOption,
  addQuietOption,
  addToleranceOptions,
  type CommonOptions,
  checkFileArguments,
  choice,
  filesOf,
  formatOf,
  numberReader,
  type ToleranceOptions,
  tolerantReadingOf,
  workersOption,
} from './common-options.js';
import { follow } from './follow.js';
import { printOrWrite, say, widthOf } from './streams.js';

const FORMATS = ['text', 'json', 'markdown', 'latex', 'conlleval', 'html'] as const;

interface Options extends CommonOptions, ToleranceOptions, Pick<EvaluateOptions, 'compare' | 'seed' | 'workers'> {
  readonly model: string;
  readonly dictionary?: readonly DictionaryFile[];
  readonly pairs?: string[];
  readonly minF1?: number;
  readonly to: (typeof FORMATS)[number];
  readonly all?: true;
  readonly output: string;
}

const readPercentage = numberReader((value) => value >= 0 && value <= 100, 'a number from 0 to 100');

const EXAMPLES = `Examples:
  rnn eval                                     the starter corpus's test part, for a model trained on it
  rnn eval test.conll                          precision, recall and F1 of model.json on your own
  rnn eval test.conll --to html -o report.html
  rnn eval test.conll --compare other.json     is it better than another checkpoint, or by chance?
  rnn eval --pairs tagged.conll                any tool's output: token, gold tag, predicted tag
  rnn eval test.conll --quiet --min-f1 85      exit code 4 where it is worse
`;

export function addEvalCommand(program: Command): void {
  const command = program
    .command('eval')
    .summary('score a tagger on labelled sentences')
    .description("Scores a checkpoint, or any tool's output, as conlleval, seqeval and nervaluate do.")
    .argument('[corpus...]', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote; beside --pairs, tells seen entities', DEFAULT_MODEL)
    .addOption(addedNamesOption())
    .option('--pairs <file>', 'score its last two columns, gold and predicted; a second --pairs is compared', collect)
    .option('--compare <file>', "another checkpoint, or another tagger's report of --to json")
    .option('--min-f1 <x>', 'exit with 4 where F1 is lower; to 1 a fraction, above it per cent', readMinimum)
    .option('--outside <tag>', 'the tag of no entity in --pairs (default: O)')
    .option('--seed <n>', 'fixes what the bootstrap draws', readSeed, 1)
    .addOption(choice('--to <format>', 'how the report looks', FORMATS).default('text'))
    .option('--json', 'the same as --to json')
    .option('--all', 'show every table in text: averages, matching, length, confidence, confusion')
    .addOption(workersOption())
    .option('-o, --output <file>', 'where the report goes, - for stdout', STANDARD_STREAM);
  addQuietOption(addToleranceOptions(addCorpusOptions(command))).action((corpora: string[], options: Options) =>
    runEval(corpora, { ...options, to: formatOf(command, 'json') }, command.getOptionValueSource('model') === 'cli'),
  );
}

async function runEval(corpora: string[], options: Options, isModelNamed: boolean): Promise<void> {
  const { pairs = [], compare, dictionary: dictionaries, output, minF1, quiet } = options;
  refuseConflicts(options, pairs, corpora);
  const model = pairs.length === 0 || isModelNamed ? options.model : undefined;
  await checkFileArguments([model, compare, ...pairs, ...filesOf(dictionaries), ...corpora], output);
  if (pairs.length === 0) await refuseUnheededOptions(corpora, options);
  const result = await follow(
    evaluate({ ...options, corpora, pairs, model, dictionaries, reading: tolerantReadingOf(options) }),
    quiet,
  );
  const { scheme, scores } = result.evaluation;
  if (options.to === 'conlleval' && !isReadByConlleval(scheme))
    say('warning: the conlleval script knows B-, I- and O alone, and misreads these tags\n', quiet);
  const report = reportOf(result, options, output === STANDARD_STREAM ? widthOf(process.stdout) : undefined);
  await printOrWrite(report, output);
  if (options.to === 'text' && !options.all && process.stderr.isTTY) say('rnn eval --all shows every table\n', quiet);
  if (minF1 !== undefined && scores.f1 < minF1)
    throw new UserError(
      `${hasSpans(scheme) ? 'F1' : 'token accuracy'} ${percent(scores.f1)} is below --min-f1 ${percent(minF1)}`,
      { exitCode: ExitCode.gateMissed },
    );
}

function refuseConflicts(
  { compare, keepGoing, outside, repair, tagColumn, to }: Options,
  pairs: readonly string[],
  corpora: readonly string[],
): void {
  if (pairs.length > 2) throw badUsage('--pairs is given more than twice', 'two taggers can be compared at a time');
  if (pairs.length === 2 && compare !== undefined)
    throw badUsage('a second --pairs and --compare at once', 'leave one of them out');
  if (to === 'conlleval' && (compare !== undefined || pairs.length === 2))
    throw badUsage(
      `--to conlleval has no place for ${compare === undefined ? 'a second --pairs' : '--compare'}`,
      'choose another format, or leave it out',
    );
  if (pairs.length === 0 && outside !== undefined)
    throw badUsage('--outside is for --pairs', 'a checkpoint knows what is outside: see rnn train --outside');
  if (pairs.length > 0 && (keepGoing || repair))
    throw badUsage(
      `${keepGoing ? '--keep-going' : '--repair'} is for a corpus, and --pairs must hold every line`,
      'leave it out',
    );
  if (pairs.length > 0 && corpora.length === 0 && tagColumn !== undefined)
    throw badUsage('--tag-column is for a corpus', 'the tags of --pairs are its last two columns');
}

function reportOf(result: EvaluateReport, { to, all }: Options, width: number | undefined): string {
  const { evaluation, title } = result;
  switch (to) {
    case 'text':
      return evaluationText(evaluation, { width, isWhole: all === true });
    case 'json':
      return evaluationJson(result);
    case 'markdown':
      return evaluationMarkdown(evaluation, title);
    case 'latex':
      return evaluationLatex(evaluation, title);
    case 'conlleval':
      return conllevalReport(evaluation.conlleval);
    case 'html':
      return evaluationHtml(evaluation, title);
  }
}

function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}

/** Reads a fraction up to 1, or a number of per cent above 1. */
function readMinimum(text: string): number {
  const value = readPercentage(text);
  return value > 1 ? value / 100 : value;
}

function readSeed(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 0.');
  return Number(text);
}
