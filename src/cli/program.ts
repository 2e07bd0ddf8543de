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

/** Adds a command to a program; `createWhole` makes the program with all commands. */
export type AddCommand = (program: Command, createWhole: () => Promise<Command>) => void | Promise<void>;

/** What adds each command, by its name. */
export type Commands = Readonly<Record<string, AddCommand>>;

/** The narrowest column of a help text, in characters, whose lines are broken between words. */
const NARROWEST = 16;

/** Runs the command line and sets the exit code. */
export async function runProgram(argv: readonly string[], commands: Commands): Promise<void> {
  endOnBrokenStreams();
  const [, , name = ''] = argv;
  const called = Object.hasOwn(commands, name) ? name : undefined;
  try {
    await (await createProgramOf(commands, called)).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = await reportError(error, argv, called);
  }
}

/**
 * Creates the program.
 *
 * @param wanted the command that is called; if it is undefined, the program has all of them
 */
export async function createProgramOf(commands: Commands, wanted?: string): Promise<Command> {
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
  for (const name of wanted === undefined ? Object.keys(commands) : [wanted])
    await commands[name]?.(program, () => createProgramOf(commands));
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
