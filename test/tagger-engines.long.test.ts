import { build } from 'esbuild';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadModel } from '../src/tagger.js';
import { BROWSER, dumpDom } from './helpers/browser.js';
import { Folder } from './helpers/cli.js';
import { installNode } from './helpers/npm-program.js';
import { starterSentences } from './helpers/starter-corpus.js';

const SENTENCES = starterSentences('train')
  .concat(starterSentences('test'))
  .map(({ tokens }) => tokens);
const TEXT = SENTENCES.map((tokens) => tokens.join(' ')).join('\n');

/** Runs in an engine as it stands here: tags with the bundle. Numbers in JSON say every bit of theirs. */
const SCRIPT = `
const model = tagging.loadModel(given.checkpoint);
const results = JSON.stringify({
  sentences: model.tagSentences(given.sentences, { top: 2 }),
  text: model.tag(given.text),
});
`;

/** Leaves the results in the page, as base64. */
const TO_PAGE = `
const bytes = new TextEncoder().encode(results);
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

/** Tags with a checkpoint in Chromium, and returns the results as JSON. */
async function tagInBrowser(checkpoint: string): Promise<string> {
  const given = JSON.stringify({ checkpoint, sentences: SENTENCES, text: TEXT }).replaceAll('<', '\\u003c');
  const script = bundle.replaceAll('</script', '<\\/script');
  folder.write(
    'page.html',
    `<!doctype html><meta charset="utf-8"><body><script>${script}</script><script>const given = ${given};${SCRIPT}${TO_PAGE}</script></body>`,
  );
  const dom = await dumpDom(folder.at('page.html'));
  return Buffer.from(/<body>([A-Za-z0-9+/=]+)/.exec(dom)?.[1] ?? '', 'base64').toString();
}

/** Tags as `tagInBrowser` does in a version of Node. */
async function tagInNode(node: string, checkpoint: string): Promise<string> {
  const given = JSON.stringify({ checkpoint, sentences: SENTENCES, text: TEXT });
  folder.write('tag.cjs', `${bundle}\nconst given = ${given};${SCRIPT}\nprocess.stdout.write(results);`);
  const { stdout } = await execa(node, [folder.at('tag.cjs')], { stripFinalNewline: false });
  return stdout;
}

describe.each([
  ['the default network', []],
  ['a small Elman network', ['--cell', 'elman', '--hidden', '16']],
  ['the textbook network', ['--preset', 'textbook', '--optimizer', 'adam', '--learning-rate', '0.01']],
])('%s', (_, args) => {
  let checkpoint = '';
  let expected: unknown;

  beforeAll(async () => {
    await folder.mustRun(['train', '--epochs', '4', ...args]);
    checkpoint = folder.read('model.json');
    const model = loadModel(checkpoint);
    const sentences = model.tagSentences(SENTENCES, { top: 2 });
    const text = model.tag(TEXT);
    expect(sentences.flatMap(({ spans }) => spans).length).toBeGreaterThan(100);
    expect(text.flatMap(({ spans }) => spans).length).toBeGreaterThan(100);
    expected = JSON.parse(JSON.stringify({ sentences, text }));
  }, 600_000);

  test.skipIf(BROWSER === undefined)(
    'gives in Chromium the very tags, offsets and confidences that it gives here',
    async () => {
      expect(JSON.parse(await tagInBrowser(checkpoint))).toEqual(expected);
    },
  );

  test.for(['20', '22', '24'])('gives them in Node %s, too', async (version, { skip }) => {
    const node = (await installNode(version)) ?? skip(`Node ${version} cannot be installed here`);
    expect(JSON.parse(await tagInNode(node, checkpoint))).toEqual(expected);
  });
});
