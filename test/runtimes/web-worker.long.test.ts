import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../../src/tagger.js';
import { BROWSER } from '../helpers/browser.js';
import { BrowserSession } from '../helpers/browser-session.js';
import { Folder } from '../helpers/cli.js';
import { starterSentences } from '../helpers/starter-corpus.js';

/** A worker that tags what it is sent, and answers with the results. */
const WORKER = `import { loadModel } from './dist/tagger.js';
onmessage = ({ data: { checkpoint, sentences, text } }) => {
  try {
    const model = loadModel(checkpoint);
    postMessage({ sentences: model.tagSentences(sentences, { top: 2 }), text: model.tag(text) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
`;

/** A policy under which no program compiles WebAssembly. */
const STRICT = "default-src 'none'; script-src 'self'";

const folder = new Folder();
let script = '';
let server: Server;
let browser: BrowserSession;

beforeAll(async () => {
  const contents = { contents: WORKER, resolveDir: process.cwd() };
  const { outputFiles } = await build({
    stdin: contents,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
  });
  script = outputFiles[0]?.text ?? '';
  server = createServer(({ url = '' }, response) => {
    const isScript = url.startsWith('/worker.js');
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    if (url === '/worker.js?strict') response.setHeader('Content-Security-Policy', STRICT);
    response.end(isScript ? script : url === '/given.json' ? given : '<!doctype html><title>page</title>');
  }).listen(0, '127.0.0.1');
  await folder.mustRun(['train', '--epochs', '3', '--hidden', '32']);
  if (BROWSER !== undefined) browser = await BrowserSession.open();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server.close();
});

let given = '';

describe.skipIf(BROWSER === undefined)('in a worker of a browser', () => {
  test.each([
    ['with WebAssembly', 'worker.js', 200],
    ['where a policy forbids to compile WebAssembly', 'worker.js?strict', 20],
  ])('%s the spans, offsets and confidences are those in Node, bit for bit', async (_, path, count) => {
    const checkpoint = folder.read('model.json');
    const sentences = starterSentences('dev')
      .slice(0, count)
      .map(({ tokens }) => tokens);
    const text = sentences.map((tokens) => tokens.join(' ')).join('\n');
    given = JSON.stringify({ checkpoint, sentences, text });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?${count}`;
    await browser.call('Page.navigate', { url });
    await expect.poll(() => browser.evaluate('location.search + document.title')).toBe(`?${count}page`);
    const found = await browser.evaluate(`(async () => {
      const worker = new Worker(${JSON.stringify(path)}, { type: 'module' });
      const answer = new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
      worker.postMessage(await (await fetch('given.json')).json());
      return answer;
    })()`);
    const model = loadModel(checkpoint);
    const expected = { sentences: model.tagSentences(sentences, { top: 2 }), text: model.tag(text) };
    expect(expected.sentences.flatMap(({ spans }) => spans).length).toBeGreaterThan(count / 4);
    expect(found).toEqual(JSON.parse(JSON.stringify(expected)));
  });
});
