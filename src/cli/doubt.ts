import type { Command } from 'commander';
import { applyDecisions } from '../commands/doubt/apply.js';
import { type DoubtOptions, type DoubtReport, doubt, USUAL_ROUNDS } from '../commands/doubt/doubt.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import { corpusReadingSchema, readingOf } from '../formats/format.js';
import { nameOf, STANDARD_STREAM } from '../node/files.js';
import { doubtHtml } from '../reports/doubt-html.js';
import { doubtText, type ShownDoubts } from '../reports/doubt-text.js';
import { findingJson, findingLines } from '../reports/finding-json.js';
import { counted, grouped } from '../text/counts.js';
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
import { print, printOrWrite, say, widthOf } from './streams.js';

const FORMATS = ['text', 'json', 'jsonl', 'html'] as const;

/** How many findings reports for people show by default. */
const SHOWN = 100;

interface Options extends CommonOptions, SettingsOptions, Pick<DoubtOptions, 'rounds' | 'workers'> {
  readonly dictionary?: readonly DictionaryFile[];
  readonly apply?: string;
  readonly top?: number;
  readonly to: (typeof FORMATS)[number];
  readonly output: string;
}

const EXAMPLES = `Examples:
  rnn doubt train.conll                        labels that are probably wrong, most doubtful first
  rnn doubt train.conll --to html -o doubts.html
  rnn doubt train.conll --to jsonl -o doubts.jsonl && rnn annotate --review doubts.jsonl
  rnn doubt train.conll --apply reviewed.jsonl      write what was decided into the corpus
`;

export function addDoubtCommand(program: Command): void {
  const command = program
    .command('doubt')
    .summary('find labels that are probably wrong')
    .description(
      'Trains on parts of a corpus, judges each sentence by networks that have not seen it (--folds, 4 by default), and lists the labels that are probably wrong: missing, of another kind, with other ends, or none at all.',
    )
    .argument('<corpus...>', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .addOption(dictionaryOption())
    .option('--top <n>', `findings that are shown (default: ${SHOWN} in text and html, else all)`, readCount)
    .option(
      '--rounds <n>',
      'how often the corpus is divided anew, and so the networks that judge a sentence',
      readCount,
      USUAL_ROUNDS,
    )
    .option('--apply <file>', 'write decisions of rnn annotate --review into the corpus, and change nothing else of it')
    .option('--workers <n>', 'trainings at once; never changes the result (default: the processors)', readCount)
    .addOption(choice('--to <format>', 'how the findings look', FORMATS).default('text'))
    .option('--json', 'the same as --to json')
    .option(
      '-o, --output <file>',
      'where the findings go, - for stdout; with --apply, where the corpus goes (default: in its place, the old one beside it as .bak)',
      STANDARD_STREAM,
    );
  addQuietOption(addCorpusOptions(addSettingsOptions(command))).action((corpora: string[], options: Options) =>
    options.apply === undefined
      ? runDoubt(corpora, { ...options, to: formatOf(command, 'json') })
      : runApply(corpora, options.apply, options, command),
  );
}

/** The options beside those of reading a corpus that mean something where decisions are applied. */
const FOR_APPLYING = ['apply', 'output', 'quiet', ...Object.keys(corpusReadingSchema.shape)];

async function runApply(
  corpora: string[],
  decisions: string,
  { quiet, output: given, ...options }: Options,
  command: Command,
): Promise<void> {
  const isGiven = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const other = command.options.find((option) => {
    const name = option.attributeName();
    return isGiven(name) && !FOR_APPLYING.includes(name);
  });
  if (other) throw badUsage(`--apply finds no doubts, and ${other.long} is about them`, 'leave one of them out');
  const output = isGiven('output') ? given : undefined;
  await checkFileArguments([...corpora, decisions], output);
  await refuseUnheededOptions(corpora, options);
  const reading = readingOf(options);
  const report = await follow(applyDecisions({ files: corpora, reading, decisions, output }), quiet);
  if (report.text !== undefined) await print(report.text);
  const { changed, same, skipped } = report;
  const rest = [
    ...(same > 0 ? [`${grouped(same)} as the corpus has it`] : []),
    ...(skipped > 0 ? [`${grouped(skipped)} skipped`] : []),
  ];
  say(`${[`${counted(changed, 'sentence')} corrected`, ...rest].join(', ')}\n`, quiet);
}

async function runDoubt(corpora: string[], options: Options): Promise<void> {
  const { quiet, output, dictionary: dictionaries, config } = options;
  await checkFileArguments([...corpora, ...filesOf(dictionaries), config], output);
  await refuseUnheededOptions(corpora, options);
  const given = await readGivenSettings(options);
  const interrupt = listenForInterrupt(() => say('\nstopped: doubts need all their trainings\n', quiet));
  const story = doubt({ ...options, ...given, dictionaries, files: corpora, reading: readingOf(options) });
  const report = await follow(story, quiet, ({ done, of }) =>
    say(`${done} of ${counted(of, 'network')} trained, and judged what it had not seen\n`, quiet),
  );
  interrupt.release();
  const width = output === STANDARD_STREAM ? widthOf(process.stdout) : undefined;
  const shown = shownOf(report, options);
  await printOrWrite(reportOf(shown, options, `Doubtful labels of ${corpora.map(nameOf).join(', ')}`, width), output);
  for (const line of writtenNotices(shown, options)) say(`${line}\n`, quiet);
}

/** Returns a report with the findings that are shown. */
function shownOf(report: DoubtReport, { to, top }: Options): ShownDoubts {
  const isForPeople = to === 'text' || to === 'html';
  const findings = report.findings.slice(0, top ?? (isForPeople ? SHOWN : undefined));
  return { ...report, findings, count: report.findings.length };
}

function reportOf(shown: ShownDoubts, { to }: Options, title: string, width: number | undefined): string {
  const { sentences, findings, count } = shown;
  if (to === 'json') return `${JSON.stringify({ sentences, count, findings: findings.map(findingJson) })}\n`;
  if (to === 'jsonl') return findingLines(findings);
  return to === 'html' ? doubtHtml(shown, title) : doubtText(shown, width);
}

/** Tells how many findings were written where the report itself does not say it in words, and what can be done with them. */
function writtenNotices({ findings, count }: ShownDoubts, { to, output }: Options): string[] {
  if (count === 0 || (to !== 'json' && to !== 'jsonl')) return [];
  const isForReview = to === 'jsonl' && output !== STANDARD_STREAM;
  if (findings.length === count && !isForReview) return [];
  const written =
    findings.length === count
      ? counted(count, 'finding')
      : `the ${grouped(findings.length)} most doubtful of ${counted(count, 'finding')}`;
  return [`wrote ${written}${isForReview ? `: try rnn annotate --review ${output}` : ''}`];
}
