import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel, type TaggingModel } from '../../src/tagger.js';
import { Folder } from '../helpers/cli.js';
import { installProgram } from '../helpers/npm-program.js';
import { installPacked } from '../helpers/packed-project.js';
import { starterSentences } from '../helpers/starter-corpus.js';

/** The program behind Cloudflare Workers; its package is one a platform. */
const ARCHITECTURE = process.arch === 'x64' ? '64' : process.arch;
const WORKERD = await installProgram(`@cloudflare/workerd-${process.platform}-${ARCHITECTURE}`, '1', 'bin/workerd');

/** The limits of a worker: memory in MB, and seconds of processor time for its start. */
const LIMITS = { memory: 128, start: 1 };

/** The heap that V8 may have here, in MB; the memory of the kernels comes on top. */
const HEAP = 48;

/** A worker that has read its model before the first request, and tells the bytes that the kernels have if asked. */
const TAGGING = `import checkpoint from './model.txt';
import { loadModel } from 'rnn-tagger/tagger';
const memories = [];
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(descriptor) {
    super(descriptor);
    memories.push(this);
  }
};
const model = loadModel(checkpoint);
export default {
  async fetch(request) {
    const sentences = await request.json();
    if (sentences === null) return Response.json(memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
    const text = model.tag(sentences.map((tokens) => tokens.join(' ')).join('\\n'));
    return Response.json({ sentences: model.tagSentences(sentences, { top: 2 }), text });
  },
};
`;

const EMPTY = 'export default { fetch: () => Response.json(null) };';

const folder = new Folder();
const running = new Set<ChildProcess>();

/** Bundles a worker as wrangler does, which leaves files of text and of WebAssembly beside the script. */
async function bundle(name: string, script: string, conditions: readonly string[]): Promise<void> {
  folder.write(`${name}.mjs`, script);
  await build({
    absWorkingDir: folder.path,
    entryPoints: [`${name}.mjs`],
    outdir: folder.at(name),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    conditions: [...conditions],
    loader: { '.txt': 'copy', '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'error',
  });
}

interface Worker {
  readonly child: ChildProcess;
  ask(body: unknown): Promise<unknown>;
}

/** Starts workerd with the worker of a bundle and the modules beside it. */
async function start(name: string, modules: readonly string[]): Promise<Worker> {
  folder.write(
    `${name}/config.capnp`,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
  v8Flags = ["--max-heap-size=${HEAP}"]
);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "${name}.js")${modules.map((each) => `, ${each}`).join('')}],
  compatibilityDate = "2025-01-01"
);
`,
  );
  const child = spawn(WORKERD ?? '', ['serve', `${name}/config.capnp`, '--control-fd=3'], {
    cwd: folder.path,
    stdio: ['ignore', 'inherit', 'pipe', 'pipe'],
  });
  running.add(child);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const port = await new Promise<number>((resolve, reject) => {
    let told = '';
    (child.stdio[3] as Readable).setEncoding('utf8').on('data', (text: string) => {
      told += text;
      const found = /"port":(\d+)/.exec(told);
      if (found) resolve(Number(found[1]));
    });
    child.once('exit', () => reject(new Error(stderr)));
  });
  const ask = async (body: unknown): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(body) });
    return answer.ok ? answer.json() : Promise.reject(new Error(`${await answer.text()} ${stderr}`));
  };
  return { child, ask };
}

/** The processor time of a process so far, in seconds, as Linux tells it. */
function secondsOf({ pid }: ChildProcess): number {
  const [, after = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ');
  const [user = 0, system = 0] = after.split(' ').slice(11, 13).map(Number);
  return (user + system) / 100;
}

const sentences = starterSentences('dev').map(({ tokens }) => tokens);
const MODULES = [
  '(name = "./model.txt", text = embed "model.txt")',
  '(name = "./kernels.wasm", wasm = embed "kernels.wasm")',
] as const;

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe.skipIf(WORKERD === undefined)('in workerd', () => {
  /** Sentences for plain JavaScript, which is slower. */
  const few = sentences.slice(0, 20);
  let model: TaggingModel;

  beforeAll(async () => {
    await installPacked(folder);
    await folder.mustRun(['train', '--epochs', '3', '-o', 'model.txt']);
    model = loadModel(folder.read('model.txt'));
    await bundle('empty', EMPTY, []);
    await bundle('tagging', TAGGING, ['workerd', 'worker', 'browser']);
    await bundle('plain', TAGGING, []);
  }, 600_000);

  /** What the worker answers if it tags as Node does. */
  function expectedOf(given: readonly (readonly string[])[]): unknown {
    const text = model.tag(given.map((tokens) => tokens.join(' ')).join('\n'));
    expect(text.flatMap(({ spans }) => spans).length).toBeGreaterThan(given.length / 4);
    return JSON.parse(JSON.stringify({ sentences: model.tagSentences(given, { top: 2 }), text }));
  }

  test('the spans, offsets and confidences are those in Node, bit for bit', async () => {
    const worker = await start('tagging', MODULES);
    expect(await worker.ask(sentences)).toEqual(expectedOf(sentences));
  });

  test('so they are where a bundler does not know workerd, and no WebAssembly is compiled', async () => {
    const worker = await start('plain', MODULES.slice(0, 1));
    expect(await worker.ask(few)).toEqual(expectedOf(few));
  });

  test.skipIf(process.platform !== 'linux')('it starts and tags within the limits of a worker', async () => {
    const [empty, tagging] = [await start('empty', []), await start('tagging', MODULES)];
    await Promise.all([empty.ask([]), tagging.ask([])]);
    const started = secondsOf(tagging.child) - secondsOf(empty.child);
    for (let times = 0; times < 10; times++) await tagging.ask(sentences);
    const memory = HEAP + Number(await tagging.ask(null)) / 1_000_000;
    process.stderr.write(`workerd: start ${started.toFixed(2)} s, at most ${memory.toFixed(0)} MB\n`);
    expect(started).toBeLessThan(LIMITS.start);
    expect(memory).toBeLessThan(LIMITS.memory);
  });
});
