import { type Command, Option } from 'commander';
import { type Evaluation, evaluate } from '../evaluate.js';
import { STANDARD_STREAM, writeWhole } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { conllevalReport } from '../reports/conlleval.js';
import { scoreReport } from '../reports/text.js';
import { addCorpusOptions, addQuietOption, type CommonOptions, formatOf } from './common-options.js';
import { checkFileArguments } from './file-arguments.js';
import { print, say } from './streams.js';

interface Options extends CommonOptions {
  readonly model: string;
  readonly to: 'text' | 'json' | 'conlleval';
  readonly output: string;
}

const EXAMPLES = `Examples:
  rnn eval                                     the starter corpus's test part, for a model trained on it
  rnn eval test.conll                          precision, recall and F1 of model.json on your own
  rnn eval test.conll -m names.json --json
`;

export function addEvalCommand(program: Command): void {
  const command = program
    .command('eval')
    .summary('score a tagger on labelled sentences')
    .description('Scores a checkpoint on labelled sentences by the rules of the conlleval script.')
    .argument('[corpus...]', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .addOption(
      new Option('--to <format>', 'how the report looks').choices(['text', 'json', 'conlleval']).default('text'),
    )
    .option('--json', 'the same as --to json')
    .option('-o, --output <file>', 'where the report goes, - for stdout', STANDARD_STREAM);
  addQuietOption(addCorpusOptions(command)).action((corpora: string[], options: Options) =>
    runEval(corpora, { ...options, to: formatOf(command, 'json') }),
  );
}

async function runEval(corpora: string[], options: Options): Promise<void> {
  await checkFileArguments([options.model, ...corpora], options.output);
  const evaluation = await evaluate({ ...options, corpora });
  for (const notice of evaluation.notices) say(`${notice}\n`, options.quiet);
  const report = reportOf(evaluation, options.to);
  if (options.output === STANDARD_STREAM) await print(report);
  else await writeWhole(options.output, report);
}

function reportOf({ scores, scheme }: Evaluation, to: Options['to']): string {
  if (to === 'json') return `${JSON.stringify(scores)}\n`;
  if (to === 'conlleval') return conllevalReport(scores);
  return scoreReport('label', scores, scheme);
}
