import { Argument, type Command } from 'commander';
import { bashCompletion } from './completion/bash.js';
import { fishCompletion } from './completion/fish.js';
import { outlineOf } from './completion/outline.js';
import { zshCompletion } from './completion/zsh.js';
import { print } from './streams.js';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

const EXAMPLES = `Examples:
  eval "$(rnn completion bash)"                in ~/.bashrc
  eval "$(rnn completion zsh)"                 in ~/.zshrc, after compinit
  rnn completion fish > ~/.config/fish/completions/rnn.fish
`;

/**
 * Adds `rnn completion`.
 *
 * @param createWhole makes the program with all of its commands
 */
export function addCompletionCommand(program: Command, createWhole: () => Promise<Command>): void {
  program
    .command('completion')
    .summary('let the shell complete commands, options and their values')
    .description('Prints a script that lets a shell complete commands, options and their values.')
    .addHelpText('before', EXAMPLES)
    .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(SHELLS)))
    .action(async (shell: keyof typeof SHELLS) => print(SHELLS[shell](outlineOf(await createWhole()))));
}
