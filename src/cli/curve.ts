import { type Command, InvalidArgumentError } from 'commander';
import { type CurveOptions, measureCurve } from '../commands/curve.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import type { MeasuredCurve } from '../evaluation/learning-curve.js';
import { readingOf } from '../formats/format.js';
import { nameOf, STANDARD_STREAM } from '../node/files.js';
import { curveReportHtml, curveReportText, curveSection, partText } from '../reports/curve-report.js';
import { MEASURE_NAMES } from '../reports/history-text.js';
import { percent } from '../reports/numbers.js';
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
import { addSettingsOptions, readGivenSettings, type SettingsOptions } from './settings-options.js';
import { printOrWrite, say } from './streams.js';

const FORMATS = ['text', 'json', 'html', ...TABLE_FORMATS] as const;

interface Options extends CommonOptions, SettingsOptions, Pick<CurveOptions, 'parts' | 'seeds' | 'workers'> {
  readonly dictionary?: readonly DictionaryFile[];
  readonly dev?: string;
  readonly test?: string;
  readonly to: (typeof FORMATS)[number];
  readonly output: string;
}

const EXAMPLES = `Examples:
  rnn curve train.conll --dev dev.conll        F1 with an eighth, a quarter, a half and all of the data
  rnn curve train.conll --dev dev.conll --seeds 5 --to html -o curve.html
  rnn curve train.conll --parts 1/16,1/8,1/4,1/2,1 --hidden 64
`;

export function addCurveCommand(program: Command): void {
  const command = program
    .command('curve')
    .summary('tell what more data would bring')
    .description(
      'Trains on growing parts of a corpus, fits a curve to the scores, and tells what twice the data would bring.',
    )
    .argument('[corpus...]', 'corpus files of any format, gzip too (default: the starter corpus)')
    .addHelpText('before', EXAMPLES)
    .option('--dev <file>', 'corpus that picks the best epoch (default: a tenth of the corpus, held out)')
    .option('--test <file>', 'corpus that is scored instead of dev, which picked the epoch and flatters a little')
    .addOption(dictionaryOption())
    .option('--parts <list>', 'parts of the training data, rising', readParts, [1 / 8, 1 / 4, 1 / 2, 1])
    .option('--seeds <n>', 'trainings on each part, from seeds that follow', readCount, 3)
    .option('--workers <n>', 'trainings at once; never changes the result (default: the processors)', readCount)
    .addOption(choice('--to <format>', 'how the report looks', FORMATS).default('text'))
    .option('--json', 'the same as --to json')
    .option('-o, --output <file>', 'where the report goes, - for stdout', STANDARD_STREAM);
  addQuietOption(addCorpusOptions(addSettingsOptions(command))).action((corpora: string[], options: Options) =>
    runCurve(corpora, { ...options, to: formatOf(command, 'json') }),
  );
}

async function runCurve(corpora: string[], options: Options): Promise<void> {
  const { quiet, output, dev, test, dictionary: dictionaries, config } = options;
  const inputs = [...corpora, dev, test, ...filesOf(dictionaries)];
  if (inputs.includes(STANDARD_STREAM))
    throw badUsage('every training reads its files, and - can be read only once', 'name files');
  await checkFileArguments([...inputs, config], output);
  await refuseUnheededOptions([...corpora, dev, test], options);
  const given = await readGivenSettings(options);
  const interrupt = listenForInterrupt(() => say('\nstopped: a curve needs all its trainings\n', quiet));
  const files = { corpora, dev, test, reading: readingOf(options) };
  const story = measureCurve({ ...options, ...given, dictionaries, files });
  const report = await follow(story, quiet, ({ done, of, part, seed, score, measure }) =>
    say(`${done}/${of} ${partText(part)}, seed ${seed}: ${MEASURE_NAMES[measure]} ${percent(score)}\n`, quiet),
  );
  interrupt.release();
  const title = `Learning curve of ${corpora.map(nameOf).join(', ') || 'the starter corpus'}`;
  const text = reportOf(report, title, options.to);
  await printOrWrite(text, output);
}

function reportOf(report: MeasuredCurve, title: string, to: Options['to']): string {
  if (to === 'json') return `${JSON.stringify(report)}\n`;
  if (isTableFormat(to)) return writeTables(title, [curveSection(report)], to);
  return to === 'html' ? curveReportHtml(report, title) : curveReportText(report);
}

/** Reads parts as in `1/8,1/4,0.5,1`. */
function readParts(text: string): number[] {
  const parts = text.split(',').map((piece) => {
    const [, above, below = '1'] = /^([\d.]+)(?:\/([\d.]+))?$/.exec(piece.trim()) ?? [];
    return Number(above) / Number(below);
  });
  const isRising = parts.every((part, index) => part > (parts[index - 1] ?? 0) && part <= 1);
  if (!isRising) throw new InvalidArgumentError('Expected rising parts above 0, to 1, as in 1/8,1/4,1/2,1.');
  return parts;
}
