import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { NamedModel } from '../commands/serve/model-files.js';
import { type ServeOptions, type Serving, startServer } from '../commands/serve/serve.js';
import type { DictionaryFile } from '../corpora/read-dictionaries.js';
import { badUsage } from '../errors.js';
import { exists, nameOf } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { type AccessLog, openAccessLog } from './access-log.js';
import {
  addedNamesOption,
  addQuietOption,
  checkFileArguments,
  filesOf,
  numberReader,
  readCount,
} from './common-options.js';
import { listenForInterrupt } from './follow.js';
import { addLabelStudioOptions, type LabelStudioFlags, trainingOf } from './label-studio-options.js';
import { createRefusalTeller, sayReload } from './serve-messages.js';
import { say } from './streams.js';

interface Options extends Omit<ServeOptions, 'models' | 'dictionaries' | 'training'>, LabelStudioFlags {
  readonly model?: readonly NamedModel[];
  readonly dictionary?: readonly DictionaryFile[];
  readonly accessLog?: string;
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
  rnn serve -m names=names.json -m drugs=drugs.json     POST /tag/names, POST /tag/drugs
  rnn serve --host 0.0.0.0 --port 80 --allow-origin https://example.org --access-log - --watch
`;

/** The largest value of `--max-body`; what a list of more may hold does not fit in the memory of a thread. */
const LARGEST_BODY = 50_000_000;

const readSize = numberReader(
  (bytes) => Number.isInteger(bytes) && bytes >= 1 && bytes <= LARGEST_BODY,
  `a number of bytes, from 1 to ${LARGEST_BODY}`,
);

export function addServeCommand(program: Command): void {
  const command = program
    .command('serve')
    .summary('tag over HTTP, with a page to try a model on')
    .description(
      'Serves models until Ctrl-C: POST /tag takes and gives JSON as rnn tag --from jsonl --to jsonl does, a record or a list; GET /openapi.json describes all that can be asked; GET / is a page.',
    )
    .addHelpText('before', EXAMPLES)
    .option(
      '-m, --model <[name=]file>',
      `checkpoint that rnn train wrote, and its name in POST /tag/NAME (default: that of the file); may be repeated, and the first answers POST /tag (default: ${DEFAULT_MODEL})`,
      readModel,
    )
    .addOption(addedNamesOption())
    .option('--host <address>', 'where to listen; other machines reach 0.0.0.0 only', '127.0.0.1')
    .addOption(new Option('--port <n>', 'port, 0 for one that is free').default(8080).argParser(readPort))
    .option(
      '--allow-origin <origin>',
      'pages of this origin may ask, and its host may be the name of this server; may be repeated; * for all (default: none but its own)',
      readOrigin,
    )
    .option('--watch', 'take over model files that change; without it, SIGHUP does')
    .option('--access-log <file>', 'add a line of JSON for each request, - for stdout; SIGHUP opens the file again')
    .option('--max-body <bytes>', 'largest body of a request; larger ones are answered 413', readSize, 100_000)
    .option('--max-requests <n>', 'requests answered at once; more are answered 429', readCount, 256)
    .option('--timeout <seconds>', 'for a request to arrive (408), then for its answer (503)', readSeconds, 10)
    .option('--workers <n>', 'threads that tag with each model (default: the processors but one)', readCount);
  addQuietOption(addLabelStudioOptions(command)).action(runServe);
}

async function runServe({ model, dictionary: dictionaries, accessLog, quiet, ...options }: Options): Promise<void> {
  const models = model ?? [{ name: nameOfModel(DEFAULT_MODEL), path: DEFAULT_MODEL }];
  const inputs = [...models.map(({ path }) => path), ...filesOf(dictionaries)];
  await checkFileArguments(inputs, accessLog, '--access-log');
  await checkFileArguments(inputs, options.trainTo, '--train-to');
  const [{ path: first } = { path: DEFAULT_MODEL }] = models;
  const training = await trainingOf(options, [first, ...filesOf(dictionaries)], quiet);
  if (training && (await exists(training.output)))
    say(`${training.output} answers from the beginning; trainings go on with ${first}\n`, quiet);
  const log = accessLog === undefined ? undefined : openAccessLog(accessLog);
  const interrupt = listenForInterrupt(() => {});
  const server = await startServer({
    ...options,
    models,
    dictionaries,
    training,
    onRefused: createRefusalTeller(
      (text) => say(text, quiet),
      () => performance.now() / 1000,
    ),
    onReload: (reload) => sayReload(reload, quiet),
    onAnswered: log?.write,
    onFailure: ({ message, stack }) => say(`rnn: internal error: ${process.env.DEBUG ? stack : message}\n`),
  });
  interrupt.bePatient();
  const release = reloadOnHangUp(server, log);
  say(`listening on ${server.url} (Ctrl-C ends)\n`, quiet);
  await new Promise((resolve) => interrupt.signal.addEventListener('abort', resolve, { once: true }));
  say('answering what has come; Ctrl-C again ends at once\n', quiet);
  if (!(await server.close())) process.exitCode = interrupt.exitCode();
  await log?.close();
  release();
  interrupt.release();
}

/** Names that need no escape in a URL. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Reads `FILE` or `NAME=FILE`, and adds it to those before. */
function readModel(text: string, before: readonly NamedModel[] = []): NamedModel[] {
  const place = text.indexOf('=');
  const given = text.slice(0, Math.max(0, place));
  const isNamed = NAME.test(given);
  const path = isNamed ? text.slice(place + 1) : text;
  if (path === '') throw new InvalidArgumentError('Expected a file, or a name and a file, as in names=names.json.');
  const name = isNamed ? given : nameOfModel(path);
  if (before.some((other) => other.name === name))
    throw badUsage(`two models are named ${name}`, `name one of them otherwise, as in -m other=${path}`);
  return [...before, { name, path }];
}

/** Reads an origin as browsers send it, or `*`, and adds it to those before. */
function readOrigin(text: string, before: readonly string[] = []): string[] {
  if (text === '*') return [...before, text];
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@]+\/?$/i.test(text) || !URL.canParse(text)) {
    const [host] = text.replace(/^([a-z]*:)?\/\//i, '').split(/[/?#]/);
    const example = `https://${host || 'example.org'}`;
    throw new InvalidArgumentError(`Expected a scheme and a host, as in ${example}, or * for all.`);
  }
  const { protocol, origin, host } = new URL(text);
  // The origin of what is not of the web, such as an extension of a browser, has no name in the standard.
  return [...before, origin === 'null' ? `${protocol}//${host}` : origin];
}

/** Returns the name of a model whose file has this path. */
function nameOfModel(path: string): string {
  const name = basename(nameOf(path))
    .replace(/\.gz$/, '')
    .replace(/\.json$/, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  return name === '' ? 'model' : name;
}

/**
 * Makes SIGHUP read model files and open the log again; in a terminal it ends the process, as ever, when the terminal is
 * closed.
 *
 * @returns what gives the signal back
 */
function reloadOnHangUp(server: Serving, log: AccessLog | undefined): () => void {
  if (process.stdin.isTTY || process.stderr.isTTY) return () => {};
  const listener = (): void => {
    log?.reopen();
    void server.reload();
  };
  process.on('SIGHUP', listener);
  return () => process.off('SIGHUP', listener);
}
