import type { Command } from 'commander';
import { inspect } from '../commands/inspect.js';
import { badUsage } from '../errors.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { inspectionText } from '../reports/inspection-text.js';
import { addQuietOption } from './common-options.js';
import { columnsOf, print } from './streams.js';

interface Options {
  readonly model: string;
  readonly json?: true;
}

const EXAMPLES = `Examples:
  rnn inspect                                  what model.json holds: settings, tags, sizes, how training went
  rnn inspect names.json --json                the same for tools
`;

export function addInspectCommand(program: Command): void {
  const command = program
    .command('inspect')
    .summary('show what a checkpoint holds')
    .description('Shows what a checkpoint holds: settings, tags, vocabulary, parameters, corpora and history.')
    .argument('[model]', 'the checkpoint, as -m names it')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .option('--json', 'print one JSON object');
  addQuietOption(command).action(async (model: string | undefined, options: Options) => {
    if (model !== undefined && command.getOptionValueSource('model') === 'cli')
      throw badUsage(`two checkpoints are named: ${model} and ${options.model}`, 'look at one after the other');
    const inspection = await inspect(model ?? options.model);
    await print(
      options.json ? `${JSON.stringify(inspection)}\n` : inspectionText(inspection, columnsOf(process.stdout)),
    );
  });
}
