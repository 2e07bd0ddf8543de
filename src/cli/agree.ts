import type { Command } from 'commander';
import { type AgreeReport, agree } from '../commands/agree.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { readingOf } from '../formats/format.js';
import { STANDARD_STREAM } from '../node/files.js';
import { agreementJson } from '../reports/agreement-json.js';
import { agreementSections } from '../reports/agreement-sections.js';
import { findingLines } from '../reports/finding-json.js';
import { sectionText } from '../reports/table.js';
import { isTableFormat, TABLE_FORMATS, writeTables } from '../reports/tables.js';
import { resolveSettings } from '../settings/settings.js';
import { counted } from '../text/counts.js';
import {
  addCorpusOptions,
  addQuietOption,
  type CommonOptions,
  checkFileArguments,
  choice,
  formatOf,
} from './common-options.js';
import { follow } from './follow.js';
import { readSettings, settingOptions } from './settings-options.js';
import { printOrWrite, say } from './streams.js';

const FORMATS = ['text', 'json', 'jsonl', ...TABLE_FORMATS] as const;

interface Options extends CommonOptions {
  readonly to: (typeof FORMATS)[number];
  readonly output: string;
}

const EXAMPLES = `Examples:
  rnn agree anna.conll ben.conll               F1, Cohen's and Fleiss' kappa, Krippendorff's alpha
  rnn agree anna.jsonl ben.jsonl carla.jsonl --json
  rnn agree anna.conll ben.conll --to jsonl -o disputes.jsonl && rnn annotate --review disputes.jsonl
`;

export function addAgreeCommand(program: Command): void {
  const command = program
    .command('agree')
    .summary('tell how far annotators agree')
    .description(
      'Compares what annotators labelled in the same texts: F1 of entities for each two of them, agreement about tokens beyond chance, by label, with intervals, and the places where they differ.',
    )
    .argument('<file...>', 'a corpus of each annotator, of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .addOption(
      choice(
        '--to <format>',
        'how the agreement looks; jsonl: the disputes, for rnn annotate --review',
        FORMATS,
      ).default('text'),
    )
    .option('--json', 'the same as --to json')
    .option('-o, --output <file>', 'where the report goes, - for stdout', STANDARD_STREAM);
  for (const option of settingOptions(['outside', 'seed'])) command.addOption(option);
  addQuietOption(addCorpusOptions(command)).action((files: string[], options: Options) =>
    runAgree(files, { ...options, to: formatOf(command, 'json') }),
  );
}

async function runAgree(files: string[], options: Options): Promise<void> {
  const { quiet, output, to } = options;
  await checkFileArguments(files, output);
  await refuseUnheededOptions(files, options);
  const { seed } = resolveSettings(readSettings({ ...options }));
  const report = await follow(agree({ files, reading: readingOf(options), seed }), quiet);
  await printOrWrite(reportOf(report, to), output);
  if (to !== 'jsonl') return;
  const written = report.disputes.filter(({ isReviewable }) => isReviewable).length;
  const left = report.disputes.length - written;
  if (left > 0)
    say(
      `warning: ${counted(left, 'dispute')} left out, since spans end inside tokens of ${report.annotators[0]}: see --json\n`,
      quiet,
    );
  if (output !== STANDARD_STREAM && written > 0)
    say(`wrote ${counted(written, 'dispute')}: try rnn annotate --review ${output}\n`, quiet);
}

function reportOf(report: AgreeReport, to: Options['to']): string {
  if (to === 'json') return `${JSON.stringify(agreementJson(report))}\n`;
  if (to === 'jsonl') return findingLines(report.disputes.filter(({ isReviewable }) => isReviewable));
  const sections = agreementSections(report);
  return isTableFormat(to)
    ? writeTables(`Agreement of ${report.annotators.join(', ')}`, sections, to)
    : sections.map(sectionText).join('\n');
}
