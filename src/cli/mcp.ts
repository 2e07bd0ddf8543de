import type { Command } from 'commander';
import { badUsage } from '../errors.js';
import { packageVersion } from '../node/package-files.js';
import { Roots } from '../node/roots.js';
import { addQuietOption } from './common-options.js';
import { say } from './streams.js';

interface Options {
  readonly root?: readonly string[];
  readonly quiet?: true;
}

const EXAMPLES = `Examples:
  rnn mcp --root corpora                       agents may read and write files below corpora
  rnn mcp --root corpora --root models         or below models
`;

export function addMcpCommand(program: Command): void {
  const command = program
    .command('mcp')
    .summary('offer commands as tools to language-model agents')
    .description(
      'Offers tag, check, train, eval and inspect as tools to language-model agents, by the Model Context Protocol over stdin and stdout, until stdin ends.',
    )
    .addHelpText('before', EXAMPLES)
    .option(
      '--root <folder>',
      'files below this folder may be read and written, and no others; may be repeated',
      (folder: string, before: readonly string[] = []) => [...before, folder],
    );
  addQuietOption(command).action(runMcp);
}

async function runMcp({ root = [], quiet }: Options): Promise<void> {
  if (root.length === 0)
    throw badUsage('no folder is named in which agents may work', 'name one, as in --root corpora');
  const roots = await Roots.open(root);
  const { createMcpServer, serveStreams } = await import('../mcp/server.js');
  const onFailure = ({ message, stack }: Error): void =>
    say(`rnn: internal error: ${process.env.DEBUG ? stack : message}\n`);
  say('waiting for a client on stdin (Ctrl-C ends)\n', quiet || !process.stdin.isTTY);
  await serveStreams(createMcpServer({ roots, version: packageVersion(), onFailure }), process.stdin, process.stdout);
}
