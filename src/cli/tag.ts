import { type Command, Option } from 'commander';
import { badUsage } from '../errors.js';
import type { TaggedSentence } from '../model/tagger.js';
import { nameOf, openForWriting, STANDARD_STREAM, streamBytes, type TextSink } from '../node/files.js';
import { readLines } from '../node/lines.js';
import { DEFAULT_MODEL, readModelFile } from '../node/model-file.js';
import { TaggingCrew } from '../node/tagging-crew.js';
import { processorCount } from '../node/team.js';
import { inlinePainted, type TaggedFormat } from '../reports/tagged.js';
import { type TagInput, type TagSource, tag } from '../tag.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { addQuietOption, type CommonOptions, formatOf, tokenColumnOption, workersOption } from './common-options.js';
import { checkFileArguments } from './file-arguments.js';
import { chalkFor, print, say, wantsColour } from './streams.js';

interface Options extends CommonOptions {
  readonly model: string;
  readonly file?: string[];
  readonly from: TagInput;
  readonly to: TaggedFormat;
  readonly workers?: number;
  readonly output: string;
}

const EXAMPLES = `Examples:
  rnn tag "Harry Potter met Hermione Granger in London ."
  rnn tag < sentences.txt                      a sentence a line
  rnn tag --file a.txt b.txt --to jsonl -o tagged.jsonl
  rnn tag --from conll --to conll < tokens.conll
`;

export function addTagCommand(program: Command): void {
  const command = program
    .command('tag')
    .summary('find the names in sentences')
    .description('Tags sentences given as arguments, from files, or from stdin, one result a sentence.')
    .argument('[sentence...]', 'sentences to tag, - for the lines of stdin (default: -)')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .option('--file <file...>', 'tag the lines of these files, gzip too, - for stdin')
    .addOption(
      new Option('--from <format>', 'what a line holds: a sentence, its tokens between spaces, or one token')
        .choices(['lines', 'tokens', 'conll'])
        .default('lines'),
    )
    .addOption(new Option('--to <format>', 'how results look').choices(['inline', 'conll', 'jsonl']).default('inline'))
    .addOption(tokenColumnOption())
    .addOption(workersOption())
    .option('--json', 'the same as --to jsonl')
    .option('-o, --output <file>', 'where results go, - for stdout', STANDARD_STREAM);
  addQuietOption(command).action((sentences: string[], options: Options) =>
    runTag(sentences, { ...options, to: formatOf(command, 'jsonl') }),
  );
}

async function runTag(sentences: string[], options: Options): Promise<void> {
  if (sentences.length > 0 && options.file)
    throw badUsage('sentences as arguments and --file at once', 'leave one of them out');
  const readsStdin = sentences.length === 0 || (sentences.length === 1 && sentences[0] === STANDARD_STREAM);
  const paths = options.file ?? (readsStdin ? [STANDARD_STREAM] : []);
  await checkFileArguments([options.model, ...paths], options.output);
  const crew = new TaggingCrew(await readModelFile(options.model), options.workers ?? processorCount());
  const { scheme } = crew.model.language;
  const to = isPainted(options, scheme) ? createPainter() : options.to;
  const output = await openOutput(options.output);
  const sources = paths.length > 0 ? fileSources(paths, options) : argumentSources(sentences, options);
  try {
    for await (const written of tag(crew, sources, { ...options, to })) await output.write(written);
  } finally {
    if (paths.includes(STANDARD_STREAM)) process.stdin.destroy(); // after a failure nobody waits for more
  }
  await output.end();
}

/** A sentence given as an argument is one record, whatever it holds; where lines hold tokens, it may hold several. */
function argumentSources(sentences: readonly string[], { from }: Options): TagSource[] {
  const lines = from === 'lines' ? sentences : sentences.flatMap((sentence) => sentence.split('\n'));
  return [{ source: 'arguments', lines: [lines] }];
}

function* fileSources(paths: readonly string[], { quiet }: Options): Generator<TagSource> {
  for (const path of paths) {
    if (path === STANDARD_STREAM && process.stdin.isTTY)
      say('Type a sentence and press Enter; Ctrl-D ends. (rnn tag --help shows other ways.)\n', quiet);
    const source = nameOf(path);
    yield { source, lines: readLines(streamBytes(path), source) };
  }
}

function isPainted({ to, output }: Options, scheme: Scheme): boolean {
  return to === 'inline' && hasSpans(scheme) && output === STANDARD_STREAM && wantsColour(process.stdout);
}

/** Paints entities; each label gets the next colour when it is first seen. */
function createPainter(): (sentence: TaggedSentence) => string {
  const chalk = chalkFor(process.stdout);
  const colours = [chalk.cyan, chalk.yellow, chalk.magenta, chalk.green, chalk.blue, chalk.red];
  const seen: string[] = [];
  return (sentence) =>
    inlinePainted(sentence, (entity, label) => {
      if (!seen.includes(label)) seen.push(label);
      const colour = colours[seen.indexOf(label) % colours.length] as typeof chalk.cyan;
      return `${colour.bold(entity)} ${colour.dim(label)}`;
    });
}

async function openOutput(path: string): Promise<TextSink> {
  return path === STANDARD_STREAM ? { write: print, end: async () => {} } : openForWriting(path);
}
