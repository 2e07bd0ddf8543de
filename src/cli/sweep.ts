import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { collectSweep, type SweepOptions, type SweepReport, sweep } from '../commands/sweep/sweep.js';
import { SEARCHES } from '../commands/sweep/trials.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import { readingOf } from '../formats/format.js';
import { STANDARD_STREAM } from '../node/files.js';
import { trialLine, trialsSection } from '../reports/sweep-text.js';
import { sectionText } from '../reports/table.js';
import { isTableFormat, TABLE_FORMATS, writeTables } from '../reports/tables.js';
import {
  addCorpusOptions,
  addQuietOption,
  type CommonOptions,
  checkFileArguments,
  choice,
  dictionaryOption,
  filesOf,
  formatOf,
  readCount,
} from './common-options.js';
import { follow, listenForInterrupt } from './follow.js';
import { addSettingsOptions, readGivenSettings, readSettings, type SettingsOptions } from './settings-options.js';
import { print, say } from './streams.js';

const FORMATS = ['text', 'json', ...TABLE_FORMATS] as const;

interface Options
  extends CommonOptions,
    SettingsOptions,
    Pick<SweepOptions, 'search' | 'trials' | 'trial' | 'workers'> {
  readonly dictionary?: readonly DictionaryFile[];
  readonly dev?: string;
  readonly test?: string;
  readonly output: string;
  readonly collect?: string;
  readonly to: (typeof FORMATS)[number];
}

const EXAMPLES = `Examples:
  rnn sweep space.yaml train.conll --dev dev.conll --trials 30
  rnn sweep space.yaml train.conll --dev dev.conll --trials 27 --search halving
  parallel rnn sweep space.yaml train.conll --dev dev.conll --trials 30 --trial {} ::: $(seq 30)
  rnn sweep --collect sweep                    gather what was run on many machines

In space.yaml, each line is a setting and what it may be:
  hidden: [64, 128, 256]
  learningRate: {min: 0.0005, max: 0.01, log: true}

`;

export function addSweepCommand(program: Command): void {
  const command = program
    .command('sweep')
    .summary('search settings')
    .description(
      'Searches settings: draws some, trains with each, and keeps the best by dev. Results and checkpoints go to a folder, a file a trial; the same command goes on where it was stopped.',
    )
    .argument('[space]', 'YAML or JSON file: settings, each with a list of values or a range')
    .argument('[corpus...]', 'corpus files of any format, gzip too (default: the starter corpus)')
    .addHelpText('before', EXAMPLES)
    .option('--dev <file>', 'corpus that scores the trials (default: a tenth of the corpus, held out)')
    .option('--test <file>', 'corpus that is scored as well')
    .addOption(dictionaryOption())
    .option('-o, --output <folder>', 'where results and checkpoints go', 'sweep')
    .addOption(
      choice(
        '--search <name>',
        'random, or halving: the better third of each round trains for thrice the epochs',
        SEARCHES,
      ).default('random'),
    )
    .option('--trials <n>', 'how many settings are drawn', readCount, 20)
    .option('--trial <k>', 'run the one of this number alone', readCount)
    .option('--collect <folder>', 'gather the results of trials that were run one by one')
    .option('--workers <n>', 'trials at once (default: the processors); with --trial, its threads (1)', readCount)
    .addOption(choice('--to <format>', 'how the results look', FORMATS).default('text'))
    .option('--json', 'the same as --to json');
  addQuietOption(addCorpusOptions(addSettingsOptions(command))).action(
    (space: string | undefined, corpora: string[], options: Options) =>
      runSweep(space, corpora, { ...options, to: formatOf(command, 'json') }),
  );
}

async function runSweep(space: string | undefined, corpora: string[], options: Options): Promise<void> {
  if (options.collect !== undefined) {
    if (space !== undefined) throw badUsage('--collect takes no space and no corpus', 'the folder knows them');
    return showReport(await collectSweep(options.collect), options);
  }
  if (space === undefined) throw badUsage("missing argument 'space'", 'see rnn sweep --help');
  const { quiet, to } = options;
  if (options.trial !== undefined && isTableFormat(to))
    throw badUsage(`--to ${to} is for all trials, and --trial runs one`, 'gather them with --collect');
  const { dictionary: dictionaries } = options;
  const inputs = [space, ...corpora, options.dev, options.test, ...filesOf(dictionaries), options.config];
  if ([...inputs.slice(1, -1), options.output].includes(STANDARD_STREAM))
    throw badUsage('every trial reads its files, and - can be read only once', 'name files');
  await checkFileArguments(inputs);
  await refuseUnheededOptions([...corpora, options.dev, options.test], options);
  const given = await readGivenSettings(options);
  let isDone = false;
  const interrupt = listenForInterrupt(() => {
    if (!isDone) say('\nstopped: what is done is kept, and the same command goes on\n', quiet);
  });
  const alone: string[] = [];
  const story = sweep({
    ...options,
    ...given,
    space,
    dictionaries,
    folder: options.output,
    flags: readSettings({ ...options }),
    files: { corpora, dev: options.dev, test: options.test, reading: readingOf(options) },
    clock: () => performance.now() / 1000,
  });
  const report = await follow(story, quiet, ({ result, measure, done, of }) => {
    const line = trialLine(result, measure);
    if (options.trial !== undefined) alone.push(options.to === 'json' ? JSON.stringify(result) : line);
    else say(`${done}/${of} ${line}\n`, quiet);
  });
  isDone = true;
  interrupt.release();
  if (options.trial === undefined) await showReport(report, options);
  else await print(alone.map((line) => `${line}\n`).join(''));
}

async function showReport(report: SweepReport, { quiet, to }: Options): Promise<void> {
  const { results, missing, best, bestSettings, description, folder } = report;
  const { measure, search } = description;
  if (to === 'json') await print(`${JSON.stringify(report)}\n`);
  else {
    const numbers = report.rounds.map((_, index) => index + 1).reverse();
    const sections = numbers.flatMap((number) => {
      const trials = results.filter(({ round }) => round === number);
      const title = search === 'random' ? 'Trials' : `Trials of round ${number}`;
      return trials.length > 0 ? [trialsSection(title, trials, measure)] : [];
    });
    const text = isTableFormat(to)
      ? writeTables(`Sweep in ${folder}`, sections, to)
      : sections.map(sectionText).join('\n');
    await print(text);
  }
  if (missing.length > 0) say(`not run yet: ${missing.join(', ')}; the best is chosen when all are there\n`, quiet);
  else if (best === undefined) say(`no trial of ${folder} gave a checkpoint\n`, quiet);
  else {
    say(`trial ${results[0]?.trial} is best by dev: wrote ${best}; try rnn eval test.conll -m ${best}\n`, quiet);
    say(`its settings are in ${bestSettings}: try rnn train corpus.conll --config ${bestSettings}\n`, quiet);
  }
}
