import { build } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../src/tagger.js';
import { BROWSER, dumpDom } from './helpers/browser.js';
import { Folder } from './helpers/cli.js';
import { starterSentences } from './helpers/starter-corpus.js';

const SENTENCES = 1000;

/** Runs in the page as it stands here: tags with the bundle, and leaves the results as base64 of their JSON. */
const SCRIPT = `
const model = tagging.loadModel(given.checkpoint);
const results = {
  sentences: model.tagSentences(given.sentences, { top: 2 }),
  text: model.tag(given.text),
};
const bytes = new TextEncoder().encode(JSON.stringify(results));
let binary = '';
for (let start = 0; start < bytes.length; start += 8192)
  binary += String.fromCharCode(...bytes.subarray(start, start + 8192));
document.body.replaceChildren(btoa(binary));
`;

const folder = new Folder();
let bundle = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: ['dist/tagger.js'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'tagging',
    platform: 'browser',
  });
  bundle = outputFiles[0]?.text ?? '';
});

test('nothing behind the entry for tagging is of Node', () => {
  expect(bundle.length).toBeGreaterThan(50_000);
  expect(bundle).not.toMatch(/require\("|from "node:|"node:|process\.(?:env|exit|std)|\bBuffer\./);
});

describe.skipIf(BROWSER === undefined)('in a browser', () => {
  test.each([
    ['the default network', []],
    ['the textbook network', ['--preset', 'textbook', '--optimizer', 'adam', '--learning-rate', '0.01']],
  ])('%s gives the same spans, offsets and confidences as in Node, bit for bit', async (_, args) => {
    await folder.mustRun(['train', '--epochs', '4', '--hidden', '32', ...args]);
    const checkpoint = folder.read('model.json');
    const sentences = starterSentences('train')
      .slice(0, SENTENCES)
      .map(({ tokens }) => tokens);
    expect(sentences).toHaveLength(SENTENCES);
    const text = sentences.map((tokens) => tokens.join(' ')).join('\n');
    const given = JSON.stringify({ checkpoint, sentences, text }).replaceAll('<', '\\u003c');
    const page = `<!doctype html><meta charset="utf-8"><body><script>${bundle.replaceAll('</script', '<\\/script')}</script><script>const given = ${given};${SCRIPT}</script></body>`;
    folder.write('page.html', page);
    const dom = await dumpDom(folder.at('page.html'));
    const found = /<body>([A-Za-z0-9+/=]+)/.exec(dom)?.[1] ?? '';
    const model = loadModel(checkpoint);
    const expected = { sentences: model.tagSentences(sentences, { top: 2 }), text: model.tag(text) };
    expect(expected.sentences.flatMap(({ spans }) => spans).length).toBeGreaterThan(100);
    expect(expected.text.flatMap(({ spans }) => spans).length).toBeGreaterThan(100);
    expect(JSON.parse(Buffer.from(found, 'base64').toString())).toEqual(JSON.parse(JSON.stringify(expected)));
  });
});
