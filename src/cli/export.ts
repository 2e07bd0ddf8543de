import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { type ExportOptions, exportModel } from '../commands/export.js';
import { badUsage } from '../errors.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { addQuietOption, checkFileArguments } from './common-options.js';
import { say } from './streams.js';

interface Options extends Omit<ExportOptions, 'card'> {
  readonly name?: string;
  readonly license?: string;
  readonly language?: readonly string[];
  readonly example?: readonly string[];
  readonly scores?: string;
  readonly quiet?: true;
}

const EXAMPLES = `Examples:
  rnn export --onnx names.onnx                 the network for ONNX Runtime, tags and vocabulary in its metadata
  rnn export --html names.html                 one page that tags in the browser, without a server
  rnn export --hub names --license cc-by-4.0 --language en --scores scores.json     for the Hugging Face Hub
`;

export function addExportCommand(program: Command): void {
  const command = program
    .command('export')
    .summary('write a checkpoint for other programs')
    .description('Writes a checkpoint in forms that other programs run.')
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .option('--onnx <file>', 'the network as ONNX')
    .option('--html <file>', 'a page that tags in the browser, and needs no other file')
    .option('--hub <folder>', 'a folder for the Hugging Face Hub: the checkpoint and its card')
    .option('--name <text>', 'with --hub: the name of the model (default: that of the folder)')
    .option('--license <text>', 'with --hub: the identifier of its licence, as in cc-by-4.0 (default: unknown)')
    .option('--language <names...>', 'with --hub: codes of its languages, as in pt')
    .option('--example <text...>', 'with --hub: sentences to try it on')
    .option('--scores <file>', 'with --hub: what rnn eval --json printed (default: the scores of dev)');
  addQuietOption(command).action(runExport);
}

async function runExport(options: Options): Promise<void> {
  const { model, onnx, html, hub, quiet, name, license, language, example, scores } = options;
  const outputs = [
    ['--onnx', onnx],
    ['--html', html],
    ['--hub', hub],
  ].filter((output): output is [string, string] => output[1] !== undefined);
  if (outputs.length === 0) throw badUsage('nothing to export', 'say --onnx FILE, --html FILE or --hub FOLDER');
  const card = { name, licence: license, languages: language, examples: example, scoresFile: scores };
  if (hub === undefined && Object.values(card).some((value) => value !== undefined))
    throw badUsage('a name, licence, language, example or scores are for the card of a model', 'add --hub FOLDER');
  for (const [option, path] of outputs) {
    if (path === STANDARD_STREAM) throw badUsage('exports are files, and - is none', 'name a file');
    if (option !== '--hub') await checkFileArguments([model], path, option);
  }
  await exportModel({
    ...{ model, onnx, html, hub },
    ...(hub !== undefined && { card: { ...card, name: name ?? basename(resolve(hub)) } }),
  });
  say(`wrote ${outputs.map(([, path]) => path).join(' and ')}\n`, quiet);
}
