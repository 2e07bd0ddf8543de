import type { Command } from 'commander';
import { MOST_PLACES, type Severity } from '../checks/findings.js';
import { type CheckReport, check } from '../commands/check.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage, ExitCode } from '../errors.js';
import { readingOf } from '../formats/format.js';
import { STANDARD_STREAM } from '../node/files.js';
import { checkJson } from '../reports/check-json.js';
import { checkReport, repairReport } from '../reports/check-report.js';
import { grouped } from '../text/counts.js';
import { addCorpusOptions, addQuietOption, type CommonOptions, checkFileArguments } from './common-options.js';
import { settingOptions } from './settings-options.js';
import { chalkFor, print, printOrWrite, say, widthOf } from './streams.js';

interface Options extends CommonOptions {
  readonly dev?: string;
  readonly test?: string;
  readonly repair?: string;
  readonly all?: true;
  readonly strict?: true;
  readonly json?: true;
}

const EXAMPLES = `Examples:
  rnn check train.conll                        what is wrong with it, file:line by file:line
  rnn check train.conll --dev dev.conll --test test.conll
  rnn check train.conll --repair mended.conll  write what can be repaired for certain
  rnn check train.conll --strict               warnings count as errors, as in continuous integration
  rnn check train.conll --all --json | jq .findings
`;

/** Number of places of a kind that are shown of each file, unless all are asked for. */
const FEW = 3;

export function addCheckCommand(program: Command): void {
  const command = program
    .command('check')
    .summary('find what is wrong with a corpus')
    .description(
      'Tells before training what will go wrong: exit code 3 on errors, 0 on warnings. Counts are whole; places are the first ones.',
    )
    .argument('<corpus...>', 'files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .option('--dev <file>', 'the corpus that will choose the best epoch')
    .option('--test <file>', 'the corpus that will be scored')
    .option('--repair <file>', 'write the corpus with what can be repaired for certain, - for stdout')
    .option(
      '--all',
      `list up to ${grouped(MOST_PLACES)} places of each kind and file, not the first ${FEW} of each kind`,
    )
    .option('--strict', `count warnings as errors: exit code 3 on either`)
    .option('--json', 'print one JSON object');
  for (const option of settingOptions(['outside'])) command.addOption(option);
  addQuietOption(addCorpusOptions(command)).action(runCheck);
}

async function runCheck(corpora: string[], options: Options): Promise<void> {
  const { repair } = options;
  if (options.json && repair === STANDARD_STREAM)
    throw badUsage('--json and --repair - both want stdout', 'name a file for --repair');
  await checkFileArguments([...corpora, options.dev, options.test], repair, '--repair');
  await refuseUnheededOptions([...corpora, options.dev, options.test], options);
  const report = await check({
    ...options,
    corpora,
    reading: readingOf(options),
    places: options.all ? undefined : FEW,
  });
  if (repair !== undefined && report.repaired) await printOrWrite(report.repaired.text, repair);
  await show(report, options);
  const isRefused = report.hasErrors || (options.strict && report.hasWarnings);
  if (isRefused) process.exitCode = ExitCode.badInput;
}

async function show(report: CheckReport, { json, repair, quiet, all }: Options): Promise<void> {
  const textFor = (stream: NodeJS.WriteStream): string =>
    checkReport(report, all ? Number.POSITIVE_INFINITY : FEW, painter(stream), widthOf(stream));
  if (json) await print(`${JSON.stringify(checkJson(report))}\n`);
  else if (repair === STANDARD_STREAM) say(textFor(process.stderr), quiet);
  else await print(textFor(process.stdout));
  if (report.repaired) say(repairReport(report.repaired), quiet);
}

function painter(stream: NodeJS.WriteStream): (severity: Severity) => string {
  const chalk = chalkFor(stream);
  const colours = { error: chalk.red, warning: chalk.yellow, note: chalk.cyan };
  return (severity) => colours[severity](severity);
}
