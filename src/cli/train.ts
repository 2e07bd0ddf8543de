import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { badUsage, ExitCode, UserError } from '../errors.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { grouped, scoreReport } from '../reports/text.js';
import { type TrainEvent, type TrainReport, train } from '../train.js';
import { addCorpusOptions, addQuietOption, type CommonOptions, workersOption } from './common-options.js';
import { checkFileArguments } from './file-arguments.js';
import { type Interrupt, listenForInterrupt } from './interrupt.js';
import { createProgressDisplay } from './progress.js';
import { addSettingsOptions, readGivenSettings, type SettingsOptions } from './settings-options.js';
import { print, say } from './streams.js';
import { addRecordOptions, openRecords, type RecordOptions } from './train-records.js';

interface Options extends CommonOptions, SettingsOptions, RecordOptions {
  readonly dev?: string;
  readonly test?: string;
  readonly output: string;
  readonly vocabulary?: string;
  readonly json?: true;
  readonly workers?: number;
}

const EXAMPLES = `Examples:
  rnn train                                    train on the starter corpus that ships with the package
  rnn train corpus.conll                       train on your own; a tenth is held out as dev
  rnn train train.conll --dev dev.conll --test test.conll -o names.json
  rnn train pairs.txt --outside 0              names marked 1, other words 0
  rnn train corpus.conll --config train.yaml   settings from a file: rnn init writes one
`;

const NOTHING_SAVED = 'stopped before the first epoch ended: nothing was saved\n';

export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .summary('train a tagger on labelled sentences')
    .description(
      'Trains a tagger on labelled sentences (the starter corpus where none is named) and writes its best epoch.',
    )
    .argument('[corpus...]', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .option('--dev <file>', 'corpus that picks the best epoch (default: a tenth of the corpus, held out)')
    .option('--test <file>', 'corpus that is scored at the end')
    .option('-o, --output <file>', 'where the checkpoint goes, - for stdout', DEFAULT_MODEL)
    .option('--vocabulary <file>', 'take the words that rnn vocab wrote, not those of the corpus');
  addSettingsOptions(command);
  command.addOption(workersOption());
  command.option('--json', 'print one JSON object with scores, speed and size');
  addQuietOption(addCorpusOptions(addRecordOptions(command))).action(runTrain);
}

async function runTrain(corpora: string[], options: Options): Promise<void> {
  const quiet = options.quiet === true;
  const interrupt = listenForInterrupt(() => say(NOTHING_SAVED, quiet));
  if (options.json && options.output === STANDARD_STREAM)
    throw badUsage('--json and -o - both want stdout', 'name a file with -o');
  const inputs = [...corpora, options.dev, options.test, options.vocabulary, options.config];
  await checkFileArguments(inputs, options.output);
  const given = await readGivenSettings(options);
  const records = await openRecords(options, inputs);
  const events = train({
    ...options,
    ...given,
    corpora,
    signal: interrupt.signal,
    clock: () => performance.now() / 1000,
    pause: () => setImmediate(),
  });
  const report = await showProgress(events, interrupt, records, quiet);
  interrupt.release();
  await records.finish(report, summary(report, options.output));
  await showReport(report, options, interrupt);
}

async function showProgress(
  events: AsyncGenerator<TrainEvent, TrainReport, undefined>,
  interrupt: Interrupt,
  records: Pick<Awaited<ReturnType<typeof openRecords>>, 'show'>,
  quiet: boolean,
): Promise<TrainReport> {
  const display = createProgressDisplay(process.stderr, quiet);
  process.once('exit', display.end);
  try {
    for (;;) {
      const { value, done } = await events.next();
      if (done) return value;
      if (value.kind === 'step') interrupt.bePatient();
      display.show(value);
      await records.show(value);
    }
  } finally {
    process.off('exit', display.end);
    display.end();
  }
}

async function showReport(report: TrainReport, options: Options, interrupt: Interrupt): Promise<void> {
  const { best, stopped } = report;
  const quiet = options.quiet === true;
  if (stopped === 'aborted') process.exitCode = interrupt.exitCode() ?? ExitCode.interrupted;
  if (best) {
    const tables = [
      scoreReport('dev', best.dev, best.scheme),
      best.test && scoreReport('test', best.test, best.scheme),
    ];
    const text = tables.filter(Boolean).join('\n');
    if (options.output === STANDARD_STREAM) for (const piece of best.checkpoint) await print(piece);
    if (options.json) await print(`${JSON.stringify(summary(report, options.output))}\n`);
    else if (options.output === STANDARD_STREAM) say(text, quiet);
    else await print(text);
    const speed = `${grouped(Math.round(report.trainTokensPerSecond))} tokens/s`;
    if (best.dev.gold > 0 && best.dev.correct === 0) say('warning: it finds no name of dev: try more epochs\n', quiet);
    say(`epoch ${best.epoch} of ${report.epochs} was best; ${report.seconds.toFixed(1)} s, ${speed}\n`, quiet);
    if (options.output !== STANDARD_STREAM) say(`wrote ${options.output}: try ${tagCommand(options.output)}\n`, quiet);
  }
  if (stopped === 'diverged')
    throw new UserError(`the loss is no finite number in epoch ${report.epochs + 1}: training stopped`, {
      hint: `${best ? `epoch ${best.epoch} was saved; ` : ''}try a smaller --learning-rate or --clip`,
    });
  if (stopped === 'aborted') say(best ? 'stopped: the best epoch so far was saved\n' : NOTHING_SAVED, quiet);
}

function summary(report: TrainReport, model: string): object {
  const { best, epochs, seconds, trainTokensPerSecond, parameters } = report;
  const rates = (scores: { precision: number; recall: number; f1: number; accuracy: number }): object => ({
    precision: scores.precision,
    recall: scores.recall,
    f1: scores.f1,
    accuracy: scores.accuracy,
  });
  return {
    model,
    epochs,
    bestEpoch: best?.epoch,
    seconds,
    trainTokensPerSecond,
    parameters,
    dev: best && rates(best.dev),
    test: best?.test && rates(best.test),
  };
}

/** The command that tags with a checkpoint. */
function tagCommand(model: string): string {
  return model === DEFAULT_MODEL ? 'rnn tag "..."' : `rnn tag -m ${model} "..."`;
}
