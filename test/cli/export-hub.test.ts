import { beforeAll, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.makeFolder('full');
  folder.write('full/README.md', 'mine');
  await folder.mustRun(['train', 'names.conll', '--dev', 'names.conll', ...SMALL, '--quiet']);
});

function metadataOf(card: string): unknown {
  const [, front = ''] = /^---\n(.*?)\n---\n/s.exec(card) ?? [];
  return parseDocument(front).toJS();
}

test('rnn export --hub writes the checkpoint and a card with the scores of dev', async () => {
  const { stderr } = await folder.mustRun(['export', '--hub', 'mine']);
  expect(stderr).toBe('wrote mine\n');
  expect(folder.read('mine/model.json')).toBe(folder.read('model.json'));
  const { history } = JSON.parse(folder.read('model.json'));
  const { f1 } = history.epochs[history.bestEpoch - 1].dev;
  expect(metadataOf(folder.read('mine/README.md'))).toMatchObject({
    license: 'unknown',
    library_name: 'rnn-tagger',
    pipeline_tag: 'token-classification',
    'model-index': [
      {
        name: 'mine',
        results: [{ metrics: expect.arrayContaining([expect.objectContaining({ type: 'f1', value: f1 })]) }],
      },
    ],
  });
});

test('what a person says stands on the card, and the scores of rnn eval --json', async () => {
  folder.write('scores.json', (await folder.mustRun(['eval', 'names.conll', '--json'])).stdout);
  const said = [
    '--name',
    'News: "names"',
    '--license',
    'cc-by-4.0',
    '--language',
    'en',
    'pt',
    '--example',
    'Anna left .',
  ];
  await folder.mustRun(['export', '--hub', 'said', ...said, '--scores', 'scores.json']);
  expect(metadataOf(folder.read('said/README.md'))).toMatchObject({
    license: 'cc-by-4.0',
    language: ['en', 'pt'],
    widget: [{ text: 'Anna left .' }],
    'model-index': [{ name: 'News: "names"', results: [{ dataset: { name: 'names.conll' } }] }],
  });
});

test('scores of another model, or of none that is named, are refused', async () => {
  await folder.mustRun([
    'train',
    'names.conll',
    '--dev',
    'names.conll',
    ...SMALL,
    '--seed',
    '7',
    '-o',
    'other.json',
    '--quiet',
  ]);
  folder.write(
    'other-scores.json',
    (await folder.mustRun(['eval', 'names.conll', '-m', 'other.json', '--json'])).stdout,
  );
  folder.write('pairs.conll', 'Anna B-PER B-PER\nleft O O\n');
  folder.write('pairs-scores.json', (await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--json'])).stdout);
  const refusal = async (scores: string) => folder.rnn(['export', '--hub', 'false-scores', '--scores', scores]);
  expect(await refusal('other-scores.json')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/^rnn: other-scores\.json: the scores are of another model, with the SHA-256 /),
  });
  expect(await refusal('pairs-scores.json')).toMatchObject({
    exitCode: 3,
    stderr: expect.stringMatching(/^rnn: pairs-scores\.json: the report does not say which model /),
  });
});

test('the card names the files that were scored, without their folders', async () => {
  folder.write('dev.conll', NAMES);
  const { stdout } = await folder.mustRun(['eval', 'dev.conll', folder.at('names.conll'), '--json']);
  folder.write('two-scores.json', stdout);
  await folder.mustRun(['export', '--hub', 'two', '--scores', 'two-scores.json']);
  expect(folder.read('two/README.md')).toContain('| on dev.conll, names.conll |');
});

test.each([
  [['--hub', 'full'], 2, /full\/README\.md is there already/],
  [['--hub', 'new', '--scores', 'names.conll'], 3, /names\.conll: expected the scores that rnn eval --json prints/],
  [['--hub', 'new', '--license', ''], 2, /--license "" is no identifier of a licence\n.*cc-by-4\.0/],
  [['--hub', 'new', '--license', 'do what you like'], 2, /--license "do what you like" is no identifier/],
  [['--hub', 'new', '--language', 'en', ''], 2, /--language "" is no code of a language/],
  [['--hub', 'new', '--language', 'English'], 2, /--language "English" is no code of a language/],
  [['--hub', 'new', '--name', ''], 2, /--name is empty/],
  [['--hub', 'names.conll'], 1, /names\.conll.*\n.*--hub/],
  [['--html', 'page.html', '--license', 'mit'], 2, /for the card of a model\n.*--hub/],
])('is refused by %j', async (args, code, message) => {
  const { stderr, exitCode } = await folder.rnn(['export', ...args]);
  expect([stderr, exitCode]).toEqual([expect.stringMatching(message), code]);
  expect(folder.read('full/README.md')).toBe('mine');
});
