import type { Command } from 'commander';
import { type ExplainOptions, type ExplainReport, explain } from '../commands/explain/explain.js';
import { holdNotices } from '../commands/story.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import { type CorpusReading, readingOf } from '../formats/format.js';
import { FORMAT_NAMES } from '../formats/format-names.js';
import { decodeText, readBytes, STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { readExplanationScript } from '../node/package-files.js';
import { comparedText } from '../reports/explanation/compared-text.js';
import { explanationHtml, type NamedExplanation } from '../reports/explanation/explanation-html.js';
import { explanationSvg } from '../reports/explanation/explanation-svg.js';
import { explanationText } from '../reports/explanation/explanation-text.js';
import {
  addColumnOptions,
  addQuietOption,
  type CommonOptions,
  checkFileArguments,
  choice,
  formatOf,
} from './common-options.js';
import { addFilmOptions, checkFilmOptions, type FilmFlags, runFilm } from './explain-film.js';
import { follow } from './follow.js';
import { chalkFor, columnsOf, printOrWrite } from './streams.js';

interface Options
  extends CommonOptions,
    FilmFlags,
    Pick<ExplainOptions, 'gold' | 'line' | 'why' | 'gradient' | 'compare'> {
  readonly model: string;
  readonly to: 'text' | 'json' | 'html' | 'svg';
  readonly output: string;
  readonly corpus?: string[];
}

const EXAMPLES = `Examples:
  rnn explain "Harry Potter and Hermione Granger invented a new spell"
  rnn explain "Harry Potter met Hermione" --gold "B-PER I-PER O B-PER"
                                               the loss of each word, and how far back its error reaches
  rnn explain --line test.conll:12             the sentence on line 12 of a corpus, with its tags
  rnn explain "Harry Potter met Hermione" --why Hermione --corpus train.conll
                                               what speaks for its tag, and which training sentences are near
  rnn explain "Harry Potter met Hermione" --to html -o page.html
                                               the network unrolled, step by step, in any browser
  rnn explain "Harry Potter met Hermione" --compare feedforward.json --to html -o page.html
                                               beside a network without memory
  rnn explain --line train.conll:1 --train train.conll --to html -o film.html
                                               a film of training: what each epoch makes of the sentence
  rnn explain "Harry Potter" --json            every number, for tools
`;

/** The values of `--from` that say how a given sentence is cut; `tokens` is also the name of a format. */
const CUTS: readonly string[] = ['lines', 'tokens'];

export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .summary('show how the network tags a sentence')
    .description(
      'Shows a sentence go through the network word by word: what it reads, remembers and answers, and its errors.',
    )
    .argument('[sentence]', 'the sentence, - for stdin')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .option('--gold <tags>', 'the right tag of each word, with spaces between them')
    .option('--line <file:n>', 'explain the sentence on line n of a corpus, with its tags')
    .option('--why <words>', 'what each feature adds to the tag: words or numbers, commas between them; all')
    .option('--gradient', 'with --why: gradient times input as well, beside what removing a feature shows')
    .option('--compare <model>', 'explain the sentence by another model as well, beside this one')
    .option('--corpus <file...>', 'show the ten sentences of this corpus that are nearest in the hidden state')
    .addOption(
      choice(
        '--from <format>',
        'cut the sentence into words as the corpus does (lines, the default), or at spaces alone (tokens); else the format of the corpus',
        [...CUTS, ...FORMAT_NAMES.filter((name) => !CUTS.includes(name))],
      ),
    )
    .addOption(choice('--to <format>', 'how the explanation looks', ['text', 'json', 'html', 'svg']).default('text'))
    .option('--json', 'the same as --to json')
    .option('-o, --output <file>', 'where the explanation goes, - for stdout', STANDARD_STREAM);
  addFilmOptions(addQuietOption(addColumnOptions(command)))
    .allowExcessArguments()
    .action((sentence: string | undefined, options: Options) => {
      if (command.args.length > 1)
        throw badUsage(`expected one sentence, found ${command.args.length}`, 'put it in quotes');
      checkFilmOptions(options, command);
      checkReading(sentence, options, command);
      return runExplain(sentence, { ...options, to: formatOf(command, 'json') });
    });
}

/** Refuses options about a corpus where there is none, and about a sentence where a corpus has it. */
function checkReading(sentence: string | undefined, options: Options, command: Command): void {
  const { from, line, corpus, train } = options;
  if (line !== undefined && from === 'lines')
    throw badUsage('--from lines cuts a sentence that is given, and --line takes one that is cut', 'leave --from out');
  if (line !== undefined || corpus !== undefined || train !== undefined) return;
  const reading = readingOfCorpus(sentence, options);
  const useless = command.options.find(
    (option) => reading[option.attributeName() as keyof CorpusReading] !== undefined,
  );
  if (useless)
    throw badUsage(
      `${useless.long}${useless.long === '--from' ? ` ${from}` : ''} says how a corpus is read, and there is none`,
      'see --line and --corpus',
    );
}

/** Returns how corpora are read; how a given sentence is cut is no part of it. */
function readingOfCorpus(sentence: string | undefined, { from, ...options }: Options): CorpusReading {
  const isCut = sentence !== undefined && from !== undefined && CUTS.includes(from);
  return readingOf({ ...options, from: isCut ? undefined : from });
}

async function runExplain(sentence: string | undefined, options: Options): Promise<void> {
  const { line, gold, why, gradient, compare, corpus: corpora = [], from, to, output, model, quiet, train } = options;
  if (sentence === undefined && line === undefined)
    throw badUsage('no sentence to explain', 'rnn explain "Harry Potter met Hermione Granger"');
  if (sentence !== undefined && line !== undefined)
    throw badUsage('a sentence and --line at once', 'leave one of them out');
  if (gold !== undefined && line !== undefined)
    throw badUsage('--gold and --line at once: the corpus has gold tags', 'leave --gold out');
  if (gradient && why === undefined)
    throw badUsage('--gradient is about reasons, and there are none', 'name words with --why');
  if (compare !== undefined && to === 'svg')
    throw badUsage('--to svg draws one model, and --compare names a second one', 'say --to html, or leave one out');
  if (to === 'svg' && (why !== undefined || corpora.length > 0))
    throw badUsage('--to svg draws the network alone', 'leave out --why and --corpus, or say --to html');
  const stdin = sentence === STANDARD_STREAM ? sentence : undefined;
  const reading = readingOfCorpus(sentence, options);
  if (train === undefined) {
    await checkFileArguments([model, compare, ...corpora, stdin], output);
    await refuseUnheededOptions([...corpora, line?.replace(/:\d+$/, '')], reading);
  }
  const text = sentence === STANDARD_STREAM ? await readSentence() : sentence;
  const subject = {
    ...{ sentence: text, gold, line, cutsAtSpaces: from === 'tokens', reading },
  };
  if (train !== undefined) return runFilm(subject, { ...options, train }, stdin);
  const report = await follow(holdNotices(explain({ ...subject, model, compare, why, gradient, corpora })), quiet);
  await showReport(report, options);
}

async function showReport({ explanation, compared }: ExplainReport, options: Options): Promise<void> {
  const { model, compare: name = '', to, output } = options;
  if (to === 'json') {
    const other = compared && { compared: { model: name, ...compared } };
    return printOrWrite(`${JSON.stringify({ ...explanation, ...other })}\n`, output);
  }
  if (to === 'svg') return printOrWrite(explanationSvg(explanation, model), output);
  const first: NamedExplanation = { name: model, explanation };
  const second: NamedExplanation | undefined = compared && { name, explanation: compared };
  if (to === 'html')
    return printOrWrite(explanationHtml(second ? [first, second] : [first], await readExplanationScript()), output);
  const isStdout = output === STANDARD_STREAM;
  const bold = isStdout ? chalkFor(process.stdout).bold : (plain: string): string => plain;
  const columns = isStdout ? columnsOf(process.stdout) : 80;
  const text = explanationText(explanation, columns, bold);
  await printOrWrite(second ? `${text}\n${comparedText([first, second], columns)}` : text, output);
}

/** Reads the one sentence that stands in stdin. */
async function readSentence(): Promise<string> {
  const lines = decodeText(await readBytes(STANDARD_STREAM), 'stdin')
    .trim()
    .split('\n');
  if (lines.length > 1)
    throw badUsage(`expected one sentence in stdin, found ${lines.length} lines`, 'explain one after the other');
  return lines[0] ?? '';
}
