import { Command } from 'commander';
import { guideTopics, packageVersion, readGuide } from '../node/package-files.js';
import { guideText } from '../reports/guide-text.js';
import { forgiveChoices } from './common-options.js';
import { fitHelp } from './help-text.js';
import { reportError } from './report-error.js';
import { chalkFor, endOnBrokenStreams, print, widthOf } from './streams.js';

const EXAMPLES = `Examples:
  rnn train                                    train on the starter corpus that ships with the package
  rnn tag "Harry Potter met Hermione Granger in London ."
  rnn eval test.conll                          precision, recall and F1
  rnn vocab corpus.conll                       the one-hot vocabulary of a corpus
  rnn words text.txt -o words.txt              clusters of words, from text without labels
  rnn check corpus.conll                       what is wrong with a corpus
  rnn doubt corpus.conll                       labels that are probably wrong
  rnn agree anna.conll ben.conll               how far annotators agree
  rnn convert corpus.jsonl --to conll          from one corpus format to another
  rnn sweep space.yaml corpus.conll            search settings
  rnn curve corpus.conll                       what more data would bring
  rnn inspect                                  what a checkpoint holds
  rnn explain "Harry Potter met Hermione"      how the network tags a sentence
  rnn export --onnx names.onnx                 the network for ONNX Runtime
  rnn serve                                    tags over HTTP, with a page to try it on
  rnn annotate texts.txt --labels PER,ORG,LOC  label sentences on a page, with a model that learns
  rnn mcp --root corpora                       commands as tools for language-model agents
  rnn init                                     a file of all settings, for rnn train --config
  rnn completion bash                          a script that completes what you type
`;

/** Adds each command; what it needs is loaded then, so that a command does not wait for what only others need. */
const COMMANDS: Readonly<Record<string, (program: Command) => Promise<void>>> = {
  train: async (program) => (await import('./train.js')).addTrainCommand(program),
  tag: async (program) => (await import('./tag.js')).addTagCommand(program),
  eval: async (program) => (await import('./eval.js')).addEvalCommand(program),
  vocab: async (program) => (await import('./vocab.js')).addVocabCommand(program),
  words: async (program) => (await import('./words.js')).addWordsCommand(program),
  check: async (program) => (await import('./check.js')).addCheckCommand(program),
  doubt: async (program) => (await import('./doubt.js')).addDoubtCommand(program),
  agree: async (program) => (await import('./agree.js')).addAgreeCommand(program),
  convert: async (program) => (await import('./convert.js')).addConvertCommand(program),
  curve: async (program) => (await import('./curve.js')).addCurveCommand(program),
  inspect: async (program) => (await import('./inspect.js')).addInspectCommand(program),
  explain: async (program) => (await import('./explain.js')).addExplainCommand(program),
  sweep: async (program) => (await import('./sweep.js')).addSweepCommand(program),
  export: async (program) => (await import('./export.js')).addExportCommand(program),
  serve: async (program) => (await import('./serve.js')).addServeCommand(program),
  annotate: async (program) => (await import('./annotate.js')).addAnnotateCommand(program),
  mcp: async (program) => (await import('./mcp.js')).addMcpCommand(program),
  init: async (program) => (await import('./init.js')).addInitCommand(program),
  completion: async (program) => (await import('./completion.js')).addCompletionCommand(program, createProgram),
};

/** The narrowest column of a help text, in characters, whose lines are broken between words. */
const NARROWEST = 16;

/** Runs the command line and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  endOnBrokenStreams();
  try {
    await (await createProgram(commandOf(argv))).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = await reportError(error, argv, commandOf(argv));
  }
}

/** Returns the command that the arguments call; undefined if there is none of that name. */
function commandOf([, , name = '']: readonly string[]): string | undefined {
  return Object.hasOwn(COMMANDS, name) ? name : undefined;
}

/** @param wanted the command that is called; if it is undefined, the program has all of them */
export async function createProgram(wanted?: string): Promise<Command> {
  const program = new Command('rnn')
    .description('Trains named-entity taggers: a recurrent network over one-hot vectors.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .addHelpText('before', EXAMPLES)
    .helpCommand(false)
    .configureOutput({
      outputError: () => {},
      writeOut: (text) => process.stdout.write(fitHelp(text, widthOf(process.stdout))),
      writeErr: (text) => process.stderr.write(fitHelp(text, widthOf(process.stderr))),
    })
    .configureHelp({ minWidthToWrap: NARROWEST })
    .exitOverride();
  for (const name of wanted === undefined ? Object.keys(COMMANDS) : [wanted]) await COMMANDS[name]?.(program);
  addHelpCommand(program);
  for (const command of program.commands) forgiveChoices(command);
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
  program.addHelpText('after', `\nGuides (rnn help TOPIC): ${topics.join(', ')}`);
}
