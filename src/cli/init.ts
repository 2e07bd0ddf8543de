import type { Command } from 'commander';
import { initialiseSettings } from '../commands/init.js';
import { STANDARD_STREAM } from '../node/files.js';
import { addQuietOption, checkFileArguments } from './common-options.js';
import { presetOption, readGivenSettings, type SettingsOptions, settingOptions } from './settings-options.js';
import { print, say } from './streams.js';

interface Options extends Omit<SettingsOptions, 'config'> {
  readonly output: string;
  readonly force?: true;
  readonly quiet?: true;
}

const EXAMPLES = `Examples:
  rnn init                                     writes train.yaml: every setting, its default and what it does
  rnn init --hidden 256 --cell lstm -o big.yaml
  rnn train corpus.conll --config train.yaml
`;

export function addInitCommand(program: Command): void {
  const command = program
    .command('init')
    .summary('write a file of all settings')
    .description('Writes a file of all settings, each with its default and what it does, for rnn train --config.')
    .addHelpText('before', EXAMPLES)
    .option('-o, --output <file>', 'where the file goes, - for stdout', 'train.yaml')
    .option('--force', 'replace a file that is there')
    .addOption(presetOption());
  for (const option of settingOptions()) command.addOption(option);
  addQuietOption(command).action(runInit);
}

async function runInit(options: Options): Promise<void> {
  const { output, force, quiet } = options;
  await checkFileArguments([], output);
  const text = await initialiseSettings({ output, force, given: await readGivenSettings(options) });
  if (output === STANDARD_STREAM) await print(text);
  else say(`wrote ${output}: try rnn train corpus.conll --config ${output}\n`, quiet);
}
