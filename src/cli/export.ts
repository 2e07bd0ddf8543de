import type { Command } from 'commander';
import { type ExportOptions, exportModel } from '../commands/export.js';
import { badUsage } from '../errors.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { addQuietOption, checkFileArguments } from './common-options.js';
import { say } from './streams.js';

interface Options extends ExportOptions {
  readonly quiet?: true;
}

const EXAMPLES = `Examples:
  rnn export --onnx names.onnx                 the network for ONNX Runtime, tags and vocabulary in its metadata
  rnn export --html names.html                 one page that tags in the browser, without a server
`;

export function addExportCommand(program: Command): void {
  const command = program
    .command('export')
    .summary('write a checkpoint for other programs')
    .description('Writes a checkpoint in forms that other programs run.')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .option('--onnx <file>', 'the network as ONNX')
    .option('--html <file>', 'a page that tags in the browser, and needs no other file');
  addQuietOption(command).action(runExport);
}

async function runExport(options: Options): Promise<void> {
  const { model, onnx, html, quiet } = options;
  const outputs = [
    ['--onnx', onnx],
    ['--html', html],
  ].filter((output): output is [string, string] => output[1] !== undefined);
  if (outputs.length === 0) throw badUsage('nothing to export', 'say --onnx FILE or --html FILE');
  for (const [option, path] of outputs) {
    if (path === STANDARD_STREAM) throw badUsage('exports are files, and - is none', 'name a file');
    await checkFileArguments([model], path, option);
  }
  await exportModel(options);
  say(`wrote ${outputs.map(([, path]) => path).join(' and ')}\n`, quiet);
}
