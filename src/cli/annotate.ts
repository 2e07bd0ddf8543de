import { type Command, Option } from 'commander';
import { ORDERS, type PickOrder } from '../annotation/choice.js';
import { annotate, USUAL } from '../commands/annotate/annotate.js';
import { DOCUMENT } from '../commands/annotate/texts.js';
import { LINES } from '../corpora/read-raw.js';
import { DOCUMENT_KINDS } from '../documents/document.js';
import { readingOf } from '../formats/format.js';
import { FORMAT_NAMES } from '../formats/format-names.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { openPage } from '../node/open-page.js';
import {
  addCorpusOptions,
  addQuietOption,
  type CommonOptions,
  checkFileArguments,
  choice,
  numberReader,
} from './common-options.js';
import { follow, listenForInterrupt } from './follow.js';
import { readSettings, settingOptions } from './settings-options.js';
import { say } from './streams.js';

interface Options extends CommonOptions {
  readonly labels?: readonly string[];
  readonly output?: string;
  readonly model: string;
  readonly order: PickOrder;
  readonly review?: string;
  readonly host: string;
  readonly port: number;
  readonly open?: true;
}

const EXAMPLES = `Examples:
  rnn annotate texts.txt --labels PER,ORG,LOC  a page to label on: http://127.0.0.1:8090/
  rnn annotate texts.txt                       go on where annotated.jsonl ends, with the labels in it
  rnn train annotated.jsonl                    a tagger from what was labelled
  rnn doubt corpus.conll --to jsonl > findings.jsonl
  rnn annotate --review findings.jsonl         choose between two readings of doubtful sentences
`;

const readPort = numberReader(
  (port) => Number.isInteger(port) && port >= 0 && port <= 65_535,
  'a port, from 0 to 65535',
);

export function addAnnotateCommand(program: Command): void {
  const command = program
    .command('annotate')
    .summary('label sentences on a page, with a model that learns as you work')
    .description(
      'Serves a page on this machine, until Ctrl-C, on which a person labels sentences; a model learns from them meanwhile and suggests the rest.',
    )
    .argument(
      '[texts...]',
      'files of text, a sentence a line, PDF, DOCX, HTML, or any corpus format, gzip too, - for stdin',
    )
    .addHelpText('before', EXAMPLES)
    .option('--labels <names>', 'labels with commas between them (default: those that occur already)', readLabels)
    .option(
      '-o, --output <file>',
      `where decisions go, one record each; what is there goes on (default: ${USUAL.output}, with --review ${USUAL.reviewed})`,
    )
    .option(
      '-m, --model <file>',
      'where the page saves its model; named and there, it suggests from the beginning',
      DEFAULT_MODEL,
    )
    .addOption(choice('--order <name>', 'which sentence is asked next', ORDERS).default('uncertain'))
    .option(
      '--review <findings>',
      'what rnn doubt or rnn agree wrote with --to jsonl: choose between two readings of each sentence',
    )
    .option('--host <address>', 'where to listen; other machines reach 0.0.0.0 only', USUAL.host)
    .addOption(new Option('--port <n>', 'port, 0 for one that is free').default(USUAL.port).argParser(readPort))
    .option('--open', 'open the page in a browser');
  addCorpusOptions(command).option('--outside <tag>', 'tag of tokens outside all entities of a corpus, if it is not O');
  for (const option of settingOptions(['seed'])) command.addOption(option);
  const from = command.options.find(({ long }) => long === '--from');
  from?.choices([LINES, DOCUMENT, ...DOCUMENT_KINDS, ...FORMAT_NAMES]);
  addQuietOption(command).action((texts: string[], options: Options) =>
    runAnnotate(texts, options, command.getOptionValueSource('model') === 'cli'),
  );
}

async function runAnnotate(texts: string[], options: Options, isModelNamed: boolean): Promise<void> {
  const { review, labels = [], model, order, host, port, quiet } = options;
  const output = options.output ?? (review === undefined ? USUAL.output : USUAL.reviewed);
  await checkFileArguments([...texts, review, isModelNamed ? model : undefined], output);
  const interrupt = listenForInterrupt(() => {});
  const { seed = 1 } = readSettings({ ...options });
  const story = annotate({
    ...{ texts, review, labels, output, model, startsFromModel: isModelNamed, order, seed, host, port },
    reading: { ...readingOf({ ...options, from: undefined }), from: options.from },
    clock: () => performance.now() / 1000,
    onFailure: ({ message, stack }) => say(`rnn: ${process.env.DEBUG ? stack : message}\n`),
  });
  const annotation = await follow(story, quiet);
  interrupt.bePatient();
  say(`listening on ${annotation.url} (Ctrl-C ends)\n`, quiet);
  if (options.open) openPage(annotation.url);
  await new Promise((resolve) => interrupt.signal.addEventListener('abort', resolve, { once: true }));
  const isAnswered = await annotation.close();
  say(`${annotation.summary()}\n`, quiet);
  if (!isAnswered) process.exitCode = interrupt.exitCode();
  interrupt.release();
}

/** Reads names with commas between them. */
function readLabels(text: string): string[] {
  return text.split(',').map((label) => label.trim());
}
