import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Notice } from '../commands/story.js';
import type { TrainReport } from '../commands/train/best.js';
import type { TrainEvent } from '../commands/train/events.js';
import type { LabelsOfFile } from '../commands/train/labels-of.js';
import { type RunsReport, trainRuns } from '../commands/train/runs.js';
import { type TrainOptions, train } from '../commands/train/train.js';
import { refuseCheckpoints } from '../corpora/read-corpus.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import {
  addCorpusOptions,
  addQuietOption,
  addToleranceOptions,
  type CommonOptions,
  checkFileArguments,
  choice,
  dictionaryOption,
  filesOf,
  formatOf,
  readCount,
  type ToleranceOptions,
  tolerantReadingOf,
  workersOption,
} from './common-options.js';
import { follow, type Interrupt, listenForInterrupt } from './follow.js';
import { createProgressDisplay } from './progress.js';
import {
  configOption,
  presetOption,
  readGivenSettings,
  type SettingsOptions,
  settingOptions,
  settingsOf,
} from './settings-options.js';
import { say } from './streams.js';
import { addRecordOptions, openRecords, type RecordOptions } from './train-records.js';
import {
  NOTHING_NEW_SAVED,
  NOTHING_SAVED,
  REPORT_FORMATS,
  type ReportOptions,
  showReport,
  summary,
} from './train-report.js';

interface Options
  extends CommonOptions,
    SettingsOptions,
    RecordOptions,
    ToleranceOptions,
    Pick<
      TrainOptions,
      | 'partial'
      | 'labelsOf'
      | 'vocabulary'
      | 'initFrom'
      | 'keep'
      | 'oldDev'
      | 'clusters'
      | 'raw'
      | 'vectors'
      | 'workers'
      | 'keepState'
    > {
  readonly dictionary?: readonly DictionaryFile[];
  readonly dev?: string;
  readonly test?: string;
  readonly runs: number;
  readonly keepAll?: true;
  readonly to: ReportOptions['to'];
}

const EXAMPLES = `Examples:
  rnn train                                    train on the starter corpus that ships with the package
  rnn train corpus.conll                       train on your own; a tenth is held out as dev
  rnn train train.conll --dev dev.conll --test test.conll -o names.json
  rnn train corpus.conll --runs 5              how much is chance? the best of five by dev is kept
  rnn train pairs.txt --outside 0              names marked 1, other words 0
  rnn train new.conll --init-from names.json --keep train.conll -o more.json
  rnn train corpus.conll --raw text.txt        what text without labels tells of words, too
  rnn train people.conll places.conll --labels-of people.conll=PER --labels-of places.conll=LOC
  rnn train corpus.conll --dictionary PER=people.txt
  rnn train corpus.conll --resume              go on after Ctrl-C, a crash or a power cut
  rnn train corpus.conll --config train.yaml   settings from a file: rnn init writes one
`;

export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .summary('train a tagger on labelled sentences')
    .description(
      'Trains a tagger on labelled sentences (the starter corpus where none is named) and writes its best epoch.',
    )
    .argument('[corpus...]', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .optionsGroup('Every day:')
    .helpOption('-h, --help', 'display help for command')
    .option(
      '--dev <file>',
      'corpus that picks the best epoch (default: a tenth of the corpus, held out, or folds of a small one: --folds)',
    )
    .option('--test <file>', 'corpus that is scored at the end')
    .option('-o, --output <file>', 'where the checkpoint goes, - for stdout', DEFAULT_MODEL)
    .addOption(presetOption())
    .addOption(configOption())
    .option('--runs <n>', 'models trained from seeds that follow; the best by dev is kept', readCount, 1)
    .option(
      '--resume',
      'go on from OUTPUT.state, where a stopped training of the same corpus and settings saved itself',
    );
  addQuietOption(command).optionsGroup('Data:');
  addToleranceOptions(addCorpusOptions(command))
    .option('--vocabulary <file>', 'take the words that rnn vocab wrote, not those of the corpus')
    .option(
      '--clusters <file>',
      'clusters of words, none, or auto: the English ones that ship if they cover half of the words (default: auto)',
    )
    .option(
      '--raw <file>',
      'text without labels, from which clusters of words are learnt and networks learn first; any format, gzip too; may be repeated',
      (path: string, before: readonly string[] = []) => [...before, path],
    )
    .addOption(dictionaryOption())
    .option(
      '--vectors <file>',
      'pre-trained vectors of words: a file of GloVe or word2vec, gzip too, or an npm package',
    )
    .option(
      '--partial',
      'not all entities of the corpus are labelled: what is in none may be one (--dev and --test are labelled in full)',
    )
    .option(
      '--labels-of <file=labels>',
      'the labels that were annotated in one of the files, as in people.conll=PER,LOC; others may be unmarked there; may be repeated',
      readLabelsOf,
    )
    .option('--init-from <model>', 'go on with a trained model, on a corpus that may have other words and labels')
    .option('--keep <file>', 'with --init-from: its old corpus, mixed in so that less is forgotten')
    .option('--old-dev <file>', 'with --init-from: scored before and after (default: a tenth of --keep, held out)');
  for (const option of settingOptions(DATA_SETTINGS)) command.addOption(option);
  command.optionsGroup('Network:');
  for (const option of settingOptions(NETWORK_SETTINGS)) command.addOption(option);
  command.optionsGroup('Training:');
  for (const option of settingOptions(TRAINING_SETTINGS)) command.addOption(option);
  command
    .addOption(workersOption())
    .optionsGroup('Output:')
    .addOption(choice('--to <format>', 'how scores look', REPORT_FORMATS).default('text'))
    .option('--json', 'the same as --to json: one object with scores, speed and size')
    .option('--keep-all', 'with --runs: write the checkpoint of each as well, as in model.seed-1.json')
    .option('--keep-state', 'leave OUTPUT.state there when training ends well');
  addRecordOptions(command).action((corpora: string[], options: Options) =>
    runTrain(corpora, { ...options, to: formatOf(command, 'json') }),
  );
}

/** Reads `FILE=A,B`, and adds it to those before. */
function readLabelsOf(text: string, before: readonly LabelsOfFile[] = []): LabelsOfFile[] {
  const place = text.lastIndexOf('=');
  const [file, labels] = [text.slice(0, place), text.slice(place + 1).split(',')];
  if (place < 1 || labels.includes(''))
    throw new InvalidArgumentError('Expected a file and labels, as in people.conll=PER,LOC.');
  return [...before, { file, labels }];
}

const DATA_SETTINGS = settingsOf('tags', 'vocabulary');
const NETWORK_SETTINGS = settingsOf('network', 'input features');
const TRAINING_SETTINGS = settingsOf('training');

async function runTrain(corpora: string[], options: Options): Promise<void> {
  const quiet = options.quiet === true;
  const interrupt = listenForInterrupt(() => say(options.resume ? NOTHING_NEW_SAVED : NOTHING_SAVED, quiet));
  if (options.to !== 'text' && options.output === STANDARD_STREAM)
    throw badUsage(
      `--${options.to === 'json' ? 'json' : `to ${options.to}`} and -o - both want stdout`,
      'name a file with -o',
    );
  if (options.keepAll && options.runs === 1)
    throw badUsage('--keep-all is about several runs, and there is one', 'ask for more with --runs');
  const { dev, test, vocabulary, raw = [], dictionary, vectors, config, initFrom, keep, oldDev } = options;
  const inputs = [
    ...corpora,
    dev,
    test,
    vocabulary,
    ...raw,
    ...filesOf(dictionary),
    vectors,
    config,
    initFrom,
    keep,
    oldDev,
  ];
  await refuseCheckpoints([...corpora, dev, test, keep, oldDev]);
  await checkFileArguments(inputs, options.output);
  await refuseUnheededOptions([...corpora, dev, test, keep, oldDev], options);
  const given = await readGivenSettings(options);
  const records = await openRecords(options, inputs);
  const task = {
    ...options,
    ...given,
    dictionaries: dictionary,
    files: { corpora, dev, test, reading: tolerantReadingOf(options) },
    signal: interrupt.signal,
    clock: () => performance.now() / 1000,
    pause: () => setImmediate(),
  };
  const report = await showProgress(options.runs > 1 ? trainRuns(task) : train(task), interrupt, records, quiet);
  interrupt.release();
  try {
    await showReport(report, options, interrupt);
  } finally {
    await records.finish(report, summary(report, options.output));
  }
}

async function showProgress(
  events: AsyncGenerator<TrainEvent, TrainReport | RunsReport, undefined>,
  interrupt: Interrupt,
  records: Pick<Awaited<ReturnType<typeof openRecords>>, 'show'>,
  quiet: boolean,
): Promise<TrainReport | RunsReport> {
  const display = createProgressDisplay(process.stderr, quiet);
  process.once('exit', display.end);
  try {
    const show = async (event: Exclude<TrainEvent, Notice>): Promise<void> => {
      if (event.kind === 'step') interrupt.bePatient();
      display.show(event);
      await records.show(event);
    };
    return await follow(events, quiet, show, display.end);
  } finally {
    process.off('exit', display.end);
    display.end();
  }
}
