import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { type McpSession, startMcp } from '../helpers/mcp.js';

const folder = new Folder();
let session: McpSession;

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.makeFolder('work');
  for (const name of ['model.json', 'by-heart.conll']) folder.write(`work/${name}`, folder.readBytes(name));
  folder.write('secret.txt', 'Anna Smith lives in London.');
  session = await startMcp(folder, 'work');
}, 60_000);

afterAll(() => session.client.close());

const TEXT = 'Anna Smith lives in London. Bob Jones left.';

test('the tools have schemas and say what they write', async () => {
  const { tools } = await session.client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['tag', 'check', 'train', 'eval', 'inspect']);
  for (const { description, inputSchema } of tools) {
    expect(description).toMatch(/\.$/);
    expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    for (const property of Object.values(inputSchema.properties ?? {})) expect(property).toHaveProperty('description');
  }
  expect(tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name)).toEqual([
    'check',
    'train',
  ]);
  expect(session.client.getServerVersion()).toMatchObject({ name: 'rnn' });
});

describe('tag', () => {
  test('gives what rnn tag gives', async () => {
    const { stdout } = await folder.mustRun(['tag', '--from', 'text', '--json'], { input: TEXT });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { value } = await session.call('tag', { text: TEXT, tokens: true });
    const rounded = value.entities.map((each: { confidence: number }) => ({
      ...each,
      confidence: Number(each.confidence.toFixed(4)),
    }));
    expect(rounded).toEqual(lines.flatMap(({ spans }) => spans));
    expect(value.tokens).toEqual(lines.flatMap(({ tokens }) => tokens));
    expect(value.labels).toEqual(['LOC', 'PER']);
  });

  test('reads a file below the root', async () => {
    folder.write('work/text.txt', TEXT);
    const { value } = await session.call('tag', { file: 'text.txt', minConfidence: 0 });
    expect(value.entities[0]).toMatchObject({ label: 'PER', text: 'Anna Smith', start: 0, end: 10 });
    expect(value).not.toHaveProperty('tokens');
  });

  test.each([
    [{}, /expected either text or file/],
    [{ text: 'a', file: 'text.txt' }, /expected either text or file/],
    [{ text: 'a', minConfidense: 1 }, /minConfidense/],
    [{ text: 5 }, /expected string/],
    [{ text: 'a', model: 'by-heart.conll' }, /by-heart\.conll/],
    [{ text: 'a', model: 'none.json' }, /none\.json: no such file/],
    [{ text: 'a'.repeat(200_001) }, /over 200000\n.*rnn tag/],
  ])('refuses mistake %# with a reason', async (input, message) => {
    const { isError, value } = await session.call('tag', input);
    expect(isError).toBe(true);
    expect(value).toMatch(message);
    expect(value).not.toMatch(/\bat .*\.js:\d+/);
  });
});

test('check, train, eval and inspect do what the commands do', async () => {
  const checked = await session.call('check', { corpora: ['by-heart.conll'] });
  expect(checked.value).toMatchObject({ hasErrors: false, statistics: { train: { sentences: 3, tokens: 15 } } });
  const progress: Progress[] = [];
  const settings = { epochs: 4, hidden: 8 };
  const parts = { corpora: ['by-heart.conll'], dev: 'by-heart.conll' };
  const input = { ...parts, output: 'new.json', preset: 'textbook', settings };
  const trained = await session.call('train', input, (each) => progress.push(each));
  expect(trained.isError).toBe(false);
  expect(trained.value).toMatchObject({
    model: 'new.json',
    stopped: 'completed',
    epochs: 4,
    dev: { f1: expect.any(Number) },
  });
  expect(progress.at(-1)).toMatchObject({
    progress: 4,
    total: 4,
    message: expect.stringMatching(/^epoch 4: loss .*dev F1/),
  });
  expect(progress.map((each) => each.progress)).toEqual(progress.map((each) => each.progress).sort((a, b) => a - b));
  const flags = ['--preset', 'textbook', '--epochs', '4', '--hidden', '8', '-o', 'same.json'];
  await folder.mustRun(['train', 'by-heart.conll', '--dev', 'by-heart.conll', ...flags]);
  expect(folder.read('work/new.json')).toBe(folder.read('same.json'));
  const scored = await session.call('eval', { model: 'model.json', corpora: ['by-heart.conll'] });
  const { stdout } = await folder.mustRun(['eval', 'by-heart.conll', '--json']);
  const { wrong, ...scores } = JSON.parse(stdout);
  const notices = [expect.stringContaining('the model was trained on this very file')];
  expect(scored.value).toEqual({ ...scores, wrong, wrongSentences: 0, notices });
  const inspected = await session.call('inspect', { model: 'new.json' });
  const { stdout: shown } = await folder.mustRun(['inspect', 'same.json', '--json']);
  expect(inspected.value).toEqual(JSON.parse(shown));
}, 60_000);

test.each([
  [{ corpora: ['by-heart.conll'], settings: { epoch: 5 } }, /epoch/],
  [{ corpora: ['by-heart.conll'], settings: { hidden: 0 } }, /hidden/],
  [{ corpora: [] }, /corpora/],
  [{ corpora: ['text.txt.none'] }, /text\.txt\.none: no such file/],
  [{ corpora: ['by-heart.conll'], preset: 'best' }, /preset/],
])('train refuses %j with a reason', async (input, message) => {
  const { isError, value } = await session.call('train', input);
  expect(isError).toBe(true);
  expect(value).toMatch(message);
});

test('what is read is not overwritten', async () => {
  for (const [name, written] of [
    ['train', { output: 'by-heart.conll' }],
    ['check', { repair: './by-heart.conll' }],
  ] as const) {
    const { isError, value } = await session.call(name, { corpora: ['by-heart.conll'], ...written });
    expect([isError, value]).toEqual([true, expect.stringContaining('by-heart.conll is both read and written')]);
  }
  expect(folder.read('work/by-heart.conll')).toBe(folder.read('by-heart.conll'));
});

test('a training that the client no longer wants is stopped, and another may begin', async () => {
  const controller = new AbortController();
  const input = { corpora: ['by-heart.conll'], dev: 'by-heart.conll', output: 'long.json' };
  const settings = { epochs: 9999, patience: 9999, hidden: 8 };
  const call = session.client.callTool(
    { name: 'train', arguments: { ...input, preset: 'textbook', settings } },
    undefined,
    {
      signal: controller.signal,
      onprogress: () => controller.abort(),
    },
  );
  await expect(call).rejects.toThrow();
  const next = (): Promise<boolean> =>
    session.call('train', { ...input, preset: 'textbook', settings: { epochs: 1 } }).then(({ isError }) => isError);
  await expect.poll(next, { timeout: 20_000 }).toBe(false);
}, 60_000);

describe('files outside the roots', () => {
  const outside = [
    '../secret.txt',
    'none/../../secret.txt',
    '/etc/passwd',
    '/proc/self/environ',
    'link.txt',
    'out/secret.txt',
    '',
    '-',
    'a\0b',
    '.',
  ];

  beforeAll(() => {
    symlinkSync(folder.at('secret.txt'), folder.at('work/link.txt'));
    symlinkSync(folder.path, folder.at('work/out'));
    symlinkSync(folder.at('written-by-link.json'), folder.at('work/dangling.json'));
    mkdirSync(join(folder.path, 'work-beside'));
    writeFileSync(join(folder.path, 'work-beside/secret.txt'), 'Anna');
  });

  test.each([...outside, '../work-beside/secret.txt', folder.at('secret.txt')])('%j is not read', async (path) => {
    for (const [name, input] of [
      ['tag', { file: path }],
      ['tag', { text: 'Anna', model: path }],
      ['check', { corpora: [path] }],
      ['eval', { corpora: ['by-heart.conll'], compare: path }],
      ['train', { corpora: ['by-heart.conll'], dev: path }],
    ] as const) {
      const { isError, value } = await session.call(name, input);
      expect(isError).toBe(true);
      expect(value).toMatch(/outside the folders|no such file|it is no file|expected the path/);
    }
  });

  test.each([
    ...outside.filter((path) => path !== '-'),
    'dangling.json',
    '../new.json',
    'out/new.json',
    'none/new.json',
  ])('%j is not written', async (path) => {
    const before = folder.names();
    for (const [name, input] of [
      ['train', { corpora: ['by-heart.conll'], output: path }],
      ['check', { corpora: ['by-heart.conll'], repair: path }],
    ] as const) {
      const { isError, value } = await session.call(name, input);
      expect(isError).toBe(true);
      expect(value).toMatch(/outside the folders|folder is not there|it is no file|expected the path/);
    }
    expect(folder.names()).toEqual(before);
    expect(folder.read('secret.txt')).toBe('Anna Smith lives in London.');
  });

  test('are told in the same words whether they are there or not', async () => {
    const [there, absent] = await Promise.all(
      ['../secret.txt', '../secret.not'].map((file) => session.call('tag', { file })),
    );
    expect(there.value.replace('.txt', '')).toBe(absent.value.replace('.not', ''));
  });

  test('are those of other roots, if these are named', async () => {
    const other = await startMcp(folder, 'work', '.');
    const { value } = await other.call('tag', { file: '../secret.txt' });
    expect(value.entities[0].text).toBe('Anna Smith');
    await other.client.close();
  });
});

test.each([
  [['mcp'], /no folder is named/],
  [['mcp', '--root', 'none'], /none cannot be a root/],
  [['mcp', '--root', 'secret.txt'], /secret\.txt cannot be a root: it is no folder/],
])('rnn %j ends with code 2 and says why', async (args, message) => {
  const { exitCode, stderr } = await folder.rnn(args);
  expect(stderr).toMatch(message);
  expect(exitCode).toBe(2);
});

test('it ends with stdin, and answers what is no request with nothing but JSON', async () => {
  const { stdout, exitCode } = await folder.mustRun(['mcp', '--root', 'work'], {
    input: 'no JSON\n{"a":1}\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n{"jsonrpc":"2.0","id":2,"method":"no/such"}\n',
  });
  expect(exitCode).toBe(0);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  expect(answers).toMatchObject([
    { jsonrpc: '2.0', id: null, error: { code: -32_700 } },
    { jsonrpc: '2.0', id: null, error: { code: -32_600 } },
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 2, error: { code: -32_601 } },
  ]);
  expect(existsSync(folder.at('work/none'))).toBe(false);
});
