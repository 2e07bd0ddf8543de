import { type Command, Option } from 'commander';
import { type ServeOptions, startServer } from '../commands/serve.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import {
  addedNamesOption,
  addQuietOption,
  checkFileArguments,
  filesOf,
  numberReader,
  readCount,
} from './common-options.js';
import { listenForInterrupt } from './follow.js';
import { say } from './streams.js';

interface Options extends Omit<ServeOptions, 'dictionaries'> {
  readonly dictionary?: readonly DictionaryFile[];
  readonly quiet?: true;
}

const readPort = numberReader(
  (port) => Number.isInteger(port) && port >= 0 && port <= 65_535,
  'a port, from 0 to 65535',
);
const readSeconds = numberReader((seconds) => seconds > 0 && seconds <= 86_400, 'seconds, over 0');

const EXAMPLES = `Examples:
  rnn serve                                    a page to try model.json on: http://127.0.0.1:8080/
  curl -d '{"text": "Maria Silva flew to Vienna ."}' http://127.0.0.1:8080/tag
  rnn serve -m names.json --host 0.0.0.0 --port 80 --allow-origin https://example.org
`;

/** The largest value of `--max-body`; a longer body would not fit in one text. */
const LARGEST_BODY = 500_000_000;

const readSize = numberReader(
  (bytes) => Number.isInteger(bytes) && bytes >= 1 && bytes <= LARGEST_BODY,
  `a number of bytes, from 1 to ${LARGEST_BODY}`,
);

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .summary('tag over HTTP, with a page to try a model on')
    .description(
      'Serves a model until Ctrl-C: POST /tag takes and gives JSON as rnn tag --from jsonl --to jsonl does, a record or a list; GET /health; GET / is a page.',
    )
    .addHelpText('before', EXAMPLES)
    .option('-m, --model <file>', 'checkpoint that rnn train wrote', DEFAULT_MODEL)
    .addOption(addedNamesOption())
    .option('--host <address>', 'where to listen; other machines reach 0.0.0.0 only', '127.0.0.1')
    .addOption(new Option('--port <n>', 'port, 0 for one that is free').default(8080).argParser(readPort))
    .option(
      '--allow-origin <origin>',
      'pages of this origin may ask, and its host may be the name of this server; * for all (default: none but its own)',
    )
    .option('--max-body <bytes>', 'largest body of a request; larger ones are answered 413', readSize, 100_000)
    .option('--max-requests <n>', 'requests answered at once; more are answered 429', readCount, 256)
    .option('--timeout <seconds>', 'for a request to arrive (408), then for its answer (503)', readSeconds, 10)
    .option('--workers <n>', 'threads that tag (default: the processors but one)', readCount);
  addQuietOption(command).action(runServe);
}

async function runServe(options: Options): Promise<void> {
  const { dictionary: dictionaries } = options;
  await checkFileArguments([options.model, ...filesOf(dictionaries)]);
  const interrupt = listenForInterrupt(() => {});
  const server = await startServer({
    ...options,
    dictionaries,
    onFailure: ({ message, stack }) => say(`rnn: internal error: ${process.env.DEBUG ? stack : message}\n`),
  });
  interrupt.bePatient();
  say(`listening on ${server.url} (Ctrl-C ends)\n`, options.quiet);
  await new Promise((resolve) => interrupt.signal.addEventListener('abort', resolve, { once: true }));
  say('answering what has come; Ctrl-C again ends at once\n', options.quiet);
  if (!(await server.close())) process.exitCode = interrupt.exitCode();
  interrupt.release();
}
