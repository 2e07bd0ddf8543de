import { beforeAll, describe, expect, test } from 'vitest';
import { BY_HEART, Folder, SMALL } from '../helpers/cli.js';

const folder = new Folder();

/** A task of an HTML project, as the editor of Label Studio exports it. */
const task = (name: string, id: number) => ({
  id,
  data: { html: `<h1>News</h1>\n<p><b>${name}</b> lives in Turin.</p>` },
  annotations: [
    {
      id,
      result: [
        {
          from_name: 'ner',
          to_name: 'text',
          type: 'hypertextlabels',
          value: {
            start: '/p[1]/b[1]/text()[1]',
            end: '/p[1]/b[1]/text()[1]',
            startOffset: 0,
            endOffset: name.length,
            globalOffsets: { start: 5, end: 5 + name.length },
            text: name,
            hypertextlabels: ['PER'],
          },
        },
        { from_name: 'tone', to_name: 'text', type: 'choices', value: { choices: ['good'] } },
      ],
    },
  ],
});
const TOLD = 'only spans that people labelled are read; left out: choices (4)';

beforeAll(() => {
  folder.write('html.json', JSON.stringify(['Ada', 'Bob', 'Eve', 'Ada Lovelace'].map(task), undefined, 2));
});

describe.concurrent('the HTML project of Label Studio', () => {
  test('is converted with every label, and what is no span is named', async () => {
    const { stdout, stderr } = await folder.mustRun(['convert', 'html.json', '--to', 'jsonl']);
    expect(JSON.parse(stdout.split('\n')[3] as string)).toEqual({
      id: 3,
      text: 'News\n\nAda Lovelace lives in Turin.',
      spans: [{ label: 'PER', start: 6, end: 18, text: 'Ada Lovelace' }],
    });
    expect(stderr).toContain(TOLD);
  });

  test('is written as plain text, and what is gone is said once with its count', async () => {
    const { stdout, stderr } = await folder.mustRun(['convert', 'html.json', '--to', 'label-studio']);
    const [first] = JSON.parse(stdout);
    expect(first.data).toEqual({ text: 'News\n\nAda lives in Turin.' });
    const gone =
      'html.json:2 (record 1): texts, tokens and spans are converted, and ids where the format holds them; left out: from_name "ner" (4), markup and paths of HTML, whose text is written with spans as labels of plain text (4)\n';
    expect(stderr).toContain(gone);
    expect(stderr.match(/markup/g)).toHaveLength(1);
  });

  test('is trained on, and the same is said', async () => {
    const { stderr } = await folder.mustRun([
      'train',
      'html.json',
      '--dev',
      'html.json',
      ...SMALL,
      '-o',
      'html-model.json',
    ]);
    expect(stderr).toContain('html.json: read as label-studio');
    expect(stderr).toContain(TOLD);
    expect(stderr).not.toContain('markup');
    expect(JSON.parse(folder.read('html-model.json')).corpora.train).toMatchObject({ sentences: 8, tokens: 25 });
  });

  test('is checked, and the same is said', async () => {
    const { stdout } = await folder.mustRun(['check', 'html.json', '--json']);
    const report = JSON.parse(stdout);
    const left = report.findings.find(({ kind }: { kind: string }) => kind === 'not-held');
    expect(left.files[0].places[0].what).toBe(TOLD);
  });
});

test.concurrent('a label that is not where it should be is told by all commands, in plain text as in HTML', async () => {
  const wrong = { start: 8, end: 99, text: 'Bob', labels: ['PER'] };
  const html = { globalOffsets: { start: 8, end: 99 }, text: 'Bob', hypertextlabels: ['PER'] };
  for (const [name, text, value, type] of [
    ['plain.json', 'Ada met Bob', wrong, 'labels'],
    ['page.json', '<p>Ada met Bob</p>', html, 'hypertextlabels'],
  ] as const) {
    folder.write(
      name,
      JSON.stringify([{ data: { text }, annotations: [{ result: [{ to_name: 'text', type, value }] }] }]),
    );
    const { stdout, stderr } = await folder.mustRun(['convert', name, '--to', 'jsonl']);
    expect([JSON.parse(stdout).spans, stderr]).toEqual([
      [],
      expect.stringMatching(/^\S+:1 \(record 1\): .*; left out\n/),
    ]);
    const checked = await folder.rnn(['check', name, '--json']);
    expect(checked.exitCode).toBe(3);
    expect(JSON.parse(checked.stdout).findings).toMatchObject([{ kind: 'empty-span', count: 1 }]);
  }
});

test.concurrent('offsets in HTML count what --offsets says', async () => {
  const value = { globalOffsets: { start: 3, end: 6 }, hypertextlabels: ['PER'] };
  const result = { from_name: 'label', to_name: 'text', type: 'hypertextlabels', value };
  folder.write(
    'emoji.json',
    JSON.stringify([{ data: { text: '<p>🐱 Ada left</p>' }, annotations: [{ result: [result] }] }]),
  );
  const spanOf = async (unit: string) =>
    JSON.parse((await folder.mustRun(['convert', 'emoji.json', '--to', 'jsonl', '--offsets', unit])).stdout).spans[0]
      .text;
  expect([await spanOf('utf16'), await spanOf('codepoints')]).toEqual(['Ada', 'da']);
});

describe.concurrent('tasks that nobody has labelled', () => {
  test.each([[[]], [['--from', 'label-studio']]])('are not converted, and told how to be tagged (%j)', async (from) => {
    folder.write('todo.json', JSON.stringify([{ id: 7, data: { text: 'Anna left' }, annotations: [] }]));
    const { exitCode, stderr } = await folder.rnn(['convert', 'todo.json', ...from, '--to', 'jsonl']);
    expect([exitCode, stderr.replace(/\s+/g, ' ')]).toEqual([
      3,
      expect.stringContaining('rnn help formats shows how to tag records that nobody has labelled'),
    ]);
    expect(stderr).not.toContain('--from names the format');
    const { stdout } = await folder.mustRun(['help', 'formats']);
    expect(stdout).toContain(`jq -c '.[] | {id, text: .data.text}' todo.json`);
  });
});

describe.concurrent('guesses of rnn tag', () => {
  test('become predictions with scores, which rnn train refuses to learn from', async () => {
    folder.write('names.conll', 'Anna\tB-PER\nleft\tO\n\nBob\tB-PER\nleft\tO\n\n');
    const learn = ['train', 'names.conll', '--dev', 'names.conll', ...BY_HEART, '-o', 'names.json'];
    await folder.mustRun(learn);
    const tagged = await folder.mustRun(['tag', '-m', 'names.json', '--to', 'jsonl', 'Anna left', 'The end', '']);
    const { stdout } = await folder.mustRun(['convert', '-', '--to', 'label-studio'], { input: tagged.stdout });
    const [first, second, blank] = JSON.parse(stdout);
    const { confidence } = JSON.parse(tagged.stdout.split('\n')[0] as string).spans[0];
    expect(first).not.toHaveProperty('annotations');
    expect(first.predictions).toEqual([
      { score: confidence, result: [expect.objectContaining({ score: confidence, type: 'labels' })] },
    ]);
    expect(second.predictions).toHaveLength(1);
    expect(blank).toEqual({ data: { text: '' }, predictions: [{ result: [] }] });
    folder.write('guesses.json', stdout);
    const { exitCode, stderr } = await folder.rnn(['train', 'guesses.json', '-o', 'guesses-model.json']);
    expect(exitCode).toBe(3);
    expect(stderr.replace(/\s+/g, ' ')).toContain('no sentence in it');
    expect(stderr.replace(/\s+/g, ' ')).toContain('left out: tasks with predictions of a model alone (3)');
  });
});
