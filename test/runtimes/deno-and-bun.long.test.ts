import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment } from '../helpers/cli.js';
import { GOLDEN, sha256Of } from '../helpers/golden.js';
import { installProgram } from '../helpers/npm-program.js';
import { installPacked } from '../helpers/packed-project.js';
import { listening } from '../helpers/server.js';
import { starterSentences } from '../helpers/starter-corpus.js';

/** What runs a script, or nothing where it cannot be installed here. */
const RUNTIMES = await Promise.all([
  installProgram('deno', '2', 'deno').then((path) => ({ name: 'Deno', path, args: ['run', '--allow-all'] })),
  installProgram('bun', '1', 'bin/bun.exe').then((path) => ({ name: 'Bun', path, args: ['run'] })),
]);

/** A script of somebody who uses the library, which prints what he gets. */
const LIBRARY = `import { readFileSync } from 'node:fs';
import { check, convert, doubt, evaluate, explain, loadModelFile, train } from 'rnn-tagger';
import { loadModel } from 'rnn-tagger/tagger';
const corpora = ['corpus.conll'];
const settings = { hidden: 8, epochs: 2 };
const training = train({ corpora, dev: 'corpus.conll', output: 'own.json', preset: 'textbook', settings });
let epochs = 0;
for await (const event of training) if (event.kind === 'epoch') epochs++;
const { evaluation } = await evaluate({ model: 'own.json', corpora }).result();
const { findings } = await check({ corpora });
const sentences = await convert({ files: corpora, to: 'jsonl' }).result();
const doubts = await doubt({ corpora, preset: 'textbook', settings: { ...settings, folds: 2 }, rounds: 1 }).result();
const tagged = loadModel(readFileSync('own.json', 'utf8')).tag('Anna left. Bob stayed in London.', { top: 2 });
const explained = explain(await loadModelFile('own.json'), 'Anna left');
console.log(JSON.stringify([epochs, evaluation.scores, findings, sentences, doubts, tagged, explained]));
`;

const folder = new Folder();
let expectedTags = '';
let expectedResults = '';

beforeAll(async () => {
  await installPacked(folder);
  folder.write('corpus.conll', NAMES);
  folder.write('use.mjs', LIBRARY);
  folder.write(
    'sentences.txt',
    starterSentences('dev')
      .map(({ tokens }) => `${tokens.join(' ')}\n`)
      .join(''),
  );
  await folder.mustRun(['train', '--epochs', '4', '--hidden', '32', '-o', 'model.json']);
  expectedTags = (await folder.mustRun(['tag', '--file', 'sentences.txt', '--json'])).stdout;
  expectedResults = (await execa('node', ['use.mjs'], { cwd: folder.path })).stdout;
}, 600_000);

const running = new Set<ReturnType<typeof spawn>>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

describe.each(RUNTIMES)('under $name', ({ name, path, args }) => {
  if (path === undefined) {
    test.skip(`${name} cannot be installed here`, () => {});
    return;
  }

  async function run(...given: readonly string[]): Promise<string> {
    const options = { cwd: folder.path, env: plainEnvironment(), extendEnv: false, stripFinalNewline: false } as const;
    return (await execa(path as string, [...args, ...given], options)).stdout;
  }

  test.each(GOLDEN)('rnn train writes the same bytes as under Node: $network', async ({ args: options, sha256 }) => {
    for (const workers of ['1', '2']) {
      await run(BINARY, 'train', ...options, '--workers', workers, '-o', 'golden.json', '--quiet');
      expect(sha256Of(folder.read('golden.json')), `with ${workers} workers`).toBe(sha256);
    }
  });

  test('rnn tag prints what it prints under Node, by one thread and by two', async () => {
    expect(expectedTags).toMatch(/"spans":\[\{/);
    for (const workers of ['1', '2'])
      expect(await run(BINARY, 'tag', '--file', 'sentences.txt', '--json', '--workers', workers)).toBe(expectedTags);
  });

  test('the library gives what it gives under Node', async () => {
    expect(JSON.parse(await run('use.mjs'))).toEqual(JSON.parse(expectedResults));
  });

  test('rnn serve answers, and ends with code 0', async () => {
    const child = spawn(path, [...args, BINARY, 'serve', '--port', '0'], {
      cwd: folder.path,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    running.add(child);
    const { url } = await listening(child, 'serve');
    const body = JSON.stringify({ text: 'Anna lives in London.' });
    const { stdout } = await folder.mustRun(['tag', '--json'], { input: 'Anna lives in London.\n' });
    expect(await (await fetch(`${url}tag`, { method: 'POST', body })).json()).toEqual(JSON.parse(stdout));
    expect((await fetch(`${url}health`)).status).toBe(200);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });
});
