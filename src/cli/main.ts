import { Command, CommanderError } from 'commander';
import { ExitCode, UserError } from '../errors.js';
import { guideTopics, packageVersion, readGuide } from '../node/package-files.js';
import { guideText } from '../reports/guide-text.js';
import { forgiveChoices } from './common-options.js';
import { chalkFor, endOnBrokenStreams, print, widthOf } from './streams.js';

const EXAMPLES = `Examples:
  rnn train                                    train on the starter corpus that ships with the package
  rnn tag "Harry Potter met Hermione Granger in London ."
  rnn eval test.conll                          precision, recall and F1
  rnn vocab corpus.conll                       the one-hot vocabulary of a corpus
  rnn check corpus.conll                       what is wrong with a corpus
  rnn convert corpus.jsonl --to conll          from one corpus format to another
  rnn sweep space.yaml corpus.conll            search settings
  rnn curve corpus.conll                       what more data would bring
  rnn inspect                                  what a checkpoint holds
  rnn export --onnx names.onnx                 the network for ONNX Runtime
  rnn serve                                    tags over HTTP, with a page to try it on
  rnn init                                     a file of all settings, for rnn train --config
  rnn completion bash                          a script that completes what you type
`;

/** Adds each command; what it needs is loaded then, so that a command does not wait for what only others need. */
const COMMANDS: Readonly<Record<string, (program: Command) => Promise<void>>> = {
  train: async (program) => (await import('./train.js')).addTrainCommand(program),
  tag: async (program) => (await import('./tag.js')).addTagCommand(program),
  eval: async (program) => (await import('./eval.js')).addEvalCommand(program),
  vocab: async (program) => (await import('./vocab.js')).addVocabCommand(program),
  check: async (program) => (await import('./check.js')).addCheckCommand(program),
  convert: async (program) => (await import('./convert.js')).addConvertCommand(program),
  curve: async (program) => (await import('./curve.js')).addCurveCommand(program),
  inspect: async (program) => (await import('./inspect.js')).addInspectCommand(program),
  sweep: async (program) => (await import('./sweep.js')).addSweepCommand(program),
  export: async (program) => (await import('./export.js')).addExportCommand(program),
  serve: async (program) => (await import('./serve.js')).addServeCommand(program),
  init: async (program) => (await import('./init.js')).addInitCommand(program),
  completion: async (program) => (await import('./completion.js')).addCompletionCommand(program, createProgram),
};

/** Runs the command line and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  endOnBrokenStreams();
  try {
    await (await createProgram(argv[2])).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** @param wanted the command that is called; where there is none of that name, the program has all of them */
async function createProgram(wanted = ''): Promise<Command> {
  const program = new Command('rnn')
    .description('Trains named-entity taggers: a recurrent network over one-hot vectors.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .addHelpText('before', EXAMPLES)
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(inOurWords(text)) })
    .exitOverride();
  for (const name of Object.hasOwn(COMMANDS, wanted) ? [wanted] : Object.keys(COMMANDS))
    await COMMANDS[name]?.(program);
  addHelpCommand(program);
  program.showHelpAfterError('     see rnn --help');
  for (const command of program.commands) {
    command.showHelpAfterError(`     see rnn ${command.name()} --help`);
    forgiveChoices(command);
  }
  return program;
}

/** Adds `rnn help`, which shows the help of a command or one of the guides that ship with the package. */
function addHelpCommand(program: Command): void {
  const topics = guideTopics();
  program
    .command('help')
    .summary('show the help of a command, or a guide')
    .description(`Shows the help of a command, or a guide: ${topics.join(', ')}.`)
    .argument('[command or topic]')
    .action(async (name: string | undefined) => {
      if (name === undefined) program.help();
      const command = program.commands.find((each) => each.name() === name);
      if (command) command.help();
      if (!topics.includes(name)) await program.parseAsync([name], { from: 'user' });
      const { bold } = chalkFor(process.stdout);
      await print(guideText(readGuide(name), widthOf(process.stdout), bold));
    });
  program.addHelpText('after', `\nGuides: rnn help ${topics.join('|')}`);
}

/** A message of commander as our own messages look. */
function inOurWords(text: string): string {
  return text.replace(/^error:/, chalkFor(process.stderr).red('rnn:')).replace('\n(Did', '\n     (Did');
}

/** Says what went wrong, in one message, and gives the exit code for it. */
function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  const chalk = chalkFor(process.stderr);
  if (error instanceof UserError) {
    process.stderr.write(`${chalk.red('rnn:')} ${error.message}\n`);
    if (error.hint) process.stderr.write(`     ${error.hint}\n`);
    return error.exitCode;
  }
  const { message, stack } = error as Error;
  process.stderr.write(`${chalk.red('rnn:')} internal error: ${message}\n`);
  process.stderr.write(process.env.DEBUG ? `${stack}\n` : '     please report it, with what DEBUG=1 shows\n');
  return ExitCode.failed;
}
