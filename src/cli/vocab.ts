import type { Command } from 'commander';
import { makeVocabulary, type VocabReport } from '../commands/vocab.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import { readingOf } from '../formats/format.js';
import { STANDARD_STREAM } from '../node/files.js';
import { writeWhole } from '../node/writing.js';
import { percent } from '../reports/numbers.js';
import { counted, grouped } from '../text/counts.js';
import { addCorpusOptions, addQuietOption, type CommonOptions, checkFileArguments } from './common-options.js';
import { follow } from './follow.js';
import { readSettings, settingOptions } from './settings-options.js';
import { print, say } from './streams.js';

interface Options extends CommonOptions {
  readonly dev?: string;
  readonly output?: string;
  readonly json?: true;
}

const EXAMPLES = `Examples:
  rnn vocab train.conll                        how many words, and how much of the corpus they cover
  rnn vocab train.conll --dev dev.conll        and how many words of dev they do not hold
  rnn vocab train.conll --vocabulary-size 5000 -o words.json
  rnn train train.conll --vocabulary words.json
`;

export function addVocabCommand(program: Command): void {
  const command = program
    .command('vocab')
    .summary('make and measure the one-hot vocabulary')
    .description('Makes the vocabulary of a corpus: the most frequent words, each one position of the one-hot vector.')
    .argument('<corpus...>', 'corpus files of any format, gzip too, - for stdin')
    .addHelpText('before', EXAMPLES)
    .option('--dev <file>', 'a second corpus, to see how many of its words are unknown')
    .option('-o, --output <file>', 'write the vocabulary, - for stdout');
  for (const option of settingOptions(['vocabularySize', 'minCount', 'lowercase', 'foldDigits']))
    command.addOption(option);
  command.option('--json', 'print one JSON object');
  addQuietOption(addCorpusOptions(command)).action(runVocab);
}

async function runVocab(corpora: string[], options: Options): Promise<void> {
  if (options.json && options.output === STANDARD_STREAM)
    throw badUsage('--json and -o - both want stdout', 'name a file with -o');
  await checkFileArguments([...corpora, options.dev], options.output);
  await refuseUnheededOptions([...corpora, options.dev], options);
  const story = makeVocabulary({
    ...options,
    corpora,
    reading: readingOf(options),
    settings: readSettings({ ...options }),
  });
  const report = await follow(story, options.quiet);
  const { text, ...figures } = report;
  if (options.output === STANDARD_STREAM) {
    await print(text);
    say(describe(report), options.quiet);
    return;
  }
  if (options.output !== undefined) await writeWhole(options.output, text);
  await print(options.json ? `${JSON.stringify(figures)}\n` : describe(report));
  if (options.output !== undefined)
    say(`wrote ${options.output}: try rnn train ${corpora.join(' ')} --vocabulary ${options.output}\n`, options.quiet);
}

function describe({ size, sentences, tokens, distinct, coverage, dev }: VocabReport): string {
  const lines = [
    `corpus      ${counted(sentences, 'sentence')}, ${counted(tokens, 'token')}, ${counted(distinct, 'different word')}`,
    `vocabulary  ${counted(size, 'word')}, the unknown word included`,
    `coverage    ${percent(coverage)} % of the corpus's tokens`,
  ];
  if (dev)
    lines.push(
      `unknown     ${percent(dev.unknownRate)} % of dev's tokens (${grouped(dev.unknown)} of ${grouped(dev.tokens)})`,
    );
  return `${lines.join('\n')}\n`;
}
