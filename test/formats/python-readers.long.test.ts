import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { preparePython } from '../bench/peers/venv.js';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const prepared = await preparePython('readers', new URL('python/requirements.txt', import.meta.url));
if ('skipped' in prepared) process.stderr.write(`skipped: ${prepared.skipped}\n`);
const python = 'python' in prepared ? prepared.python : undefined;

async function readBy(script: string, file: string): Promise<string> {
  const path = fileURLToPath(new URL(`python/${script}`, import.meta.url));
  return (await execa(python ?? '', [path, folder.at(file)], { stripFinalNewline: false })).stdout;
}

test.skipIf(!python)('spaCy reads the tokens and tags of a DocBin', async () => {
  // Words and labels that spaCy numbers itself, those that it hashes by blocks of eight bytes, and others.
  const columns = `${NAMES}X\tB-ORG\nDATE\tI-ORG\nnsubj\tB-DATE\n\n中文\tB-Label\nÜberschallflugzeug\tO\n🦋\tB-x\n\n`;
  folder.write('corpus.conll', columns);
  await folder.mustRun(['convert', 'corpus.conll', '--to', 'docbin', '-o', 'corpus.spacy']);
  expect(await readBy('read_docbin.py', 'corpus.spacy')).toBe(columns);
});

test.skipIf(!python)('huggingface_hub takes the card of a model, with its scores', async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', '--dev', 'names.conll', ...SMALL, '--quiet']);
  const said = ['--name', 'News: "names"', '--license', 'cc-by-4.0', '--language', 'en'];
  await folder.mustRun(['export', '--hub', 'card', ...said]);
  const { history } = JSON.parse(folder.read('model.json'));
  expect(JSON.parse(await readBy('read_card.py', 'card/README.md'))).toEqual({
    name: 'News: "names"',
    license: 'cc-by-4.0',
    language: ['en'],
    scores: history.epochs[history.bestEpoch - 1].dev,
  });
});
