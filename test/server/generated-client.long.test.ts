import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preparePython } from '../bench/peers/venv.js';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, startServer } from '../helpers/server.js';

const run = promisify(execFile);
const folder = new Folder();
const python = await preparePython('openapi', new URL('python/requirements.txt', import.meta.url));

beforeAll(() => folder.learnByHeart(NAMES));
afterAll(killServers);

if ('skipped' in python) test.skip(`a generated client: ${python.skipped}`, () => {});
else
  test('openapi-python-client generates a client from the description, and it gets what it asks for', async () => {
    const server = await startServer(folder, '-m', 'names=model.json');
    await writeFile(folder.at('openapi.json'), await (await fetch(`${server.url}openapi.json`)).text());
    const generator = join(dirname(python.python), 'openapi-python-client');
    const { stdout, stderr } = await run(
      generator,
      ['generate', '--path', 'openapi.json', '--output-path', 'client', '--overwrite'],
      { cwd: folder.path },
    );
    expect(`${stdout}${stderr}`).not.toMatch(/unable to parse|unsupported|ERROR/i);
    const ask = fileURLToPath(new URL('python/ask.py', import.meta.url));
    const { stdout: answer } = await run(python.python, [ask, server.url], {
      env: { ...process.env, PYTHONPATH: folder.at('client') },
    });
    const expected = await (await server.tag('{"text":"Anna Smith lives in London.","id":"a","top":2}')).json();
    expect(JSON.parse(answer)).toEqual({
      one: expected,
      spans: [['Bob Jones'], expect.any(Array)],
      refused: expect.stringContaining('body: "top"'),
      models: ['names'],
      ready: 'ready',
    });
  });
