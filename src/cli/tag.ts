import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { type Command, Option } from 'commander';
import { badInput, badUsage, UserError } from '../errors.js';
import type { TaggedSentence } from '../model/tagger.js';
import { nameOf, STANDARD_STREAM } from '../node/files.js';
import { readLines } from '../node/lines.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { conllLines, inlineBrackets, inlinePainted, jsonLine } from '../reports/tagged.js';
import { loadTagger, type TagInput, tagLines } from '../tag.js';
import { addQuietOption, type CommonOptions } from './common-options.js';
import { chalkFor, print, say, wantsColour } from './streams.js';

interface Options extends CommonOptions {
  readonly model: string;
  readonly file?: string[];
  readonly from: TagInput;
  readonly to: 'inline' | 'conll' | 'jsonl';
  readonly json?: true;
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
    .argument('[sentence...]', 'sentences to tag (default: the lines of stdin)')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .option('--file <file...>', 'tag the lines of these files, - for stdin')
    .addOption(
      new Option('--from <format>', 'what a line holds: a sentence, its tokens between spaces, or one token')
        .choices(['lines', 'tokens', 'conll'])
        .default('lines'),
    )
    .addOption(new Option('--to <format>', 'how results look').choices(['inline', 'conll', 'jsonl']).default('inline'))
    .option('--json', 'the same as --to jsonl')
    .option('-o, --output <file>', 'where results go, - for stdout', STANDARD_STREAM);
  addQuietOption(command).action(runTag);
}

async function runTag(sentences: string[], options: Options): Promise<void> {
  if (sentences.length > 0 && options.file)
    throw badUsage('sentences as arguments and --file at once', 'leave one of them out');
  const tagger = await loadTagger(options.model);
  const format = formatter(options);
  const output = openOutput(options.output);
  for (const { lines, source } of inputs(sentences, options)) {
    for await (const tagged of tagLines(tagger, lines, options.from, source)) {
      await output.write(tagged.map(format).join(''));
    }
  }
  await output.end();
}

interface Input {
  readonly source: string;
  readonly lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
}

function* inputs(sentences: readonly string[], options: Options): Generator<Input> {
  if (sentences.length > 0) {
    yield { source: 'arguments', lines: [sentences.flatMap((sentence) => sentence.split('\n'))] };
    return;
  }
  const paths = options.file ?? [STANDARD_STREAM];
  for (const path of paths) {
    const source = nameOf(path);
    yield { source, lines: path === STANDARD_STREAM ? readStdin(options) : readFileLines(path) };
  }
}

function readStdin(options: Options): AsyncIterable<string[]> {
  if (process.stdin.isTTY)
    say('Type a sentence and press Enter; Ctrl-D ends. (rnn tag --help shows other ways.)\n', options.quiet);
  return readLines(process.stdin, 'stdin');
}

async function* readFileLines(path: string): AsyncGenerator<string[], void, undefined> {
  try {
    yield* readLines(createReadStream(path), path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw badInput(`${path}: cannot be read: ${(error as Error).message}`);
  }
}

function formatter(options: Options): (sentence: TaggedSentence) => string {
  const to = options.json ? 'jsonl' : options.to;
  if (to === 'conll') return conllLines;
  if (to === 'jsonl') return jsonLine;
  if (options.output !== STANDARD_STREAM || !wantsColour(process.stdout)) return inlineBrackets;
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

interface Output {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

function openOutput(path: string): Output {
  if (path === STANDARD_STREAM) return { write: print, end: async () => {} };
  const stream = createWriteStream(path);
  const failed = once(stream, 'error').then(([error]) => {
    throw new UserError(`${path}: cannot be written: ${(error as Error).message}`, {
      hint: 'name another place with -o',
    });
  });
  failed.catch(() => {});
  return {
    async write(text) {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    async end() {
      stream.end();
      await Promise.race([once(stream, 'close'), failed]);
    },
  };
}
