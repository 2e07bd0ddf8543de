import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { Annotation, killAnnotations } from '../helpers/annotation.js';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
afterAll(killAnnotations);

const TEXTS = 'Ada left Paris .\nBob stayed .\nEve met Ada in Rome .\n';
folder.write('texts.txt', TEXTS);
const LABELS = ['--labels', 'PER,LOC'];
const PER = { label: 'PER', start: 0, end: 1 };

/** The records of a file. */
function recordsOf(name: string): { [field: string]: unknown }[] {
  return folder
    .read(name)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Starts on the three sentences, in their order. */
function start(output: string, ...args: string[]): Promise<Annotation> {
  return Annotation.start(folder, ['texts.txt', ...LABELS, '--order', 'given', '-o', output, ...args]);
}

test('a decision is a record on the disk before it is answered, and rnn train reads what comes out', async () => {
  const annotation = await start('a.jsonl');
  const first = await annotation.current();
  expect(first.sentence).toMatchObject({
    id: 'texts.txt:1',
    text: 'Ada left Paris .',
    spans: [],
    after: 'Bob stayed .',
  });
  expect(first.overview).toMatchObject({ total: 3, left: 3, labels: [{ name: 'PER' }, { name: 'LOC' }] });
  const second = await annotation.decide({
    ...{ id: 'texts.txt:1', answer: 'accept', note: ' sure ' },
    spans: [{ label: 'LOC', start: 2, end: 3 }, PER],
  });
  expect(recordsOf('a.jsonl')).toEqual([
    {
      id: 'texts.txt:1',
      text: 'Ada left Paris .',
      tokens: [
        { text: 'Ada', start: 0, end: 3 },
        { text: 'left', start: 4, end: 8 },
        { text: 'Paris', start: 9, end: 14 },
        { text: '.', start: 15, end: 16 },
      ],
      spans: [
        { label: 'PER', start: 0, end: 3, text: 'Ada' },
        { label: 'LOC', start: 9, end: 14, text: 'Paris' },
      ],
      answer: 'accept',
      note: 'sure',
      order: 'given',
    },
  ]);
  expect(second.sentence?.id).toBe('texts.txt:2');
  expect(second.overview).toMatchObject({ left: 2, accepted: 1, labels: [{ count: 1 }, { count: 1 }] });
  await annotation.decide({ id: 'texts.txt:2', answer: 'skip', spans: [] });
  const last = await annotation.accept(PER);
  expect(last.sentence).toBeUndefined();
  expect(await annotation.stop('SIGINT')).toBe(0);
  expect(annotation.stderr).toContain('a.jsonl: 2 accepted, 1 skipped, 0 left; try rnn train a.jsonl');
  expect(folder.names()).not.toContain('a.jsonl.lock');
  const { stdout } = await folder.mustRun(['convert', 'a.jsonl', '--to', 'conll']);
  expect(stdout).toBe(
    'Ada\tB-PER\nleft\tO\nParis\tB-LOC\n.\tO\n\nEve\tB-PER\nmet\tO\nAda\tO\nin\tO\nRome\tO\n.\tO\n\n',
  );
});

test('a kill loses no decision, and the work goes on where it was', async () => {
  const before = await start('killed.jsonl');
  await before.accept(PER);
  await before.stop('SIGKILL');
  expect(folder.names()).toContain('killed.jsonl.lock');
  const annotation = await start('killed.jsonl');
  expect(annotation.stderr).toContain('killed.jsonl has 1 decision');
  expect((await annotation.current()).sentence?.id).toBe('texts.txt:2');
  expect((await annotation.find('texts.txt:1')).sentence).toMatchObject({ spans: [PER], answer: 'accept' });
  expect(await annotation.stop('SIGTERM')).toBe(0);
});

test('a record that a kill cut short is removed, and it is said', async () => {
  folder.write('cut.jsonl', '{"id":"texts.txt:1","te');
  const annotation = await start('cut.jsonl');
  expect(annotation.stderr).toMatch(/warning: cut.jsonl: its last record was cut short by a stop.*"texts.txt:1","te/s);
  await annotation.accept(PER);
  expect(recordsOf('cut.jsonl')).toHaveLength(1);
});

test('a second process is refused the same file', async () => {
  const annotation = await start('locked.jsonl');
  const second = await folder.rnn(['annotate', 'texts.txt', ...LABELS, '-o', 'locked.jsonl', '--port', '0']);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain(`locked.jsonl is being written by another process (${annotation.process.pid})`);
});

test('undo takes decisions back one by one, also those before a restart', async () => {
  const before = await start('undone.jsonl');
  await before.accept(PER);
  await before.accept();
  await before.stop('SIGINT');
  const annotation = await start('undone.jsonl');
  const step = await annotation.undo();
  expect(step.sentence).toMatchObject({ id: 'texts.txt:2', spans: [] });
  const first = await annotation.undo();
  expect(first.sentence).toMatchObject({ id: 'texts.txt:1', spans: [PER] });
  expect(first.overview).toMatchObject({ left: 3, accepted: 0, skipped: 0 });
  expect(recordsOf('undone.jsonl').map(({ answer, undone }) => [answer, undone])).toEqual([
    ['accept', undefined],
    ['accept', undefined],
    ['skip', true],
    ['skip', true],
  ]);
  expect((await annotation.undo()).sentence?.id).toBe('texts.txt:1');
  expect(recordsOf('undone.jsonl')).toHaveLength(4);
});

test('one can go back, change a decision, and go on', async () => {
  const annotation = await start('changed.jsonl');
  await annotation.accept();
  const step = await annotation.decide({ id: 'texts.txt:1', answer: 'accept', spans: [PER], note: 'Lovelace' });
  expect(step.sentence?.id).toBe('texts.txt:2');
  expect(await annotation.done('lovelace')).toEqual({
    count: 1,
    sentences: [{ id: 'texts.txt:1', text: 'Ada left Paris .', answer: 'accept', labels: ['PER'], note: 'Lovelace' }],
  });
  expect((await annotation.done('Rome')).count).toBe(0);
});

describe('texts', () => {
  test('come from a pipe', async () => {
    const annotation = await Annotation.start(folder, ['-', ...LABELS, '-o', 'pipe.jsonl'], TEXTS);
    expect((await annotation.overview()).total).toBe(3);
  });

  test('that a corpus has labelled count as decided, the others are asked', async () => {
    folder.write('part.conll', 'Ada\tB-PER\nleft\tO\n\nBob\tO\nstayed\tO\n\n');
    const annotation = await Annotation.start(folder, ['part.conll', '-o', 'part.jsonl']);
    expect(annotation.stderr).toContain('1 sentence came with labels, which count as decided');
    const { overview, sentence } = await annotation.current();
    expect(overview).toMatchObject({ labels: [{ name: 'PER', count: 1 }], left: 1, accepted: 1 });
    expect(sentence?.text).toBe('Bob stayed');
    expect(recordsOf('part.jsonl')).toHaveLength(1);
  });

  test('that a corpus has labelled in part are asked, with what is known, and it is said how many there are', async () => {
    folder.write('half.conll', 'Ada\tB-PER\nleft\tO\nParis\t?\n\nBob\tB-PER\nstayed\tO\n\n');
    const annotation = await Annotation.start(folder, ['half.conll', '-o', 'half.jsonl']);
    expect(annotation.stderr).toContain('1 sentence came with labels, which count as decided');
    expect(annotation.stderr).toContain(
      '1 sentence is labelled in part, and stays to be decided; its entities are proposed',
    );
    const { overview, sentence } = await annotation.current();
    expect(overview).toMatchObject({ left: 1, accepted: 1 });
    expect(sentence).toMatchObject({ text: 'Ada left Paris', spans: [PER] });
    expect(recordsOf('half.jsonl')).toHaveLength(1);
    await annotation.accept(PER, { label: 'LOC', start: 2, end: 3 });
    await annotation.stop('SIGINT');
    const again = await Annotation.start(folder, ['half.conll', '-o', 'half.jsonl']);
    expect(again.stderr).not.toContain('in part');
    expect(await again.overview()).toMatchObject({ left: 0, accepted: 2 });
  });

  test('that a model has tagged are suggestions', async () => {
    const span = { label: 'PER', start: 0, end: 3, text: 'Ada', confidence: 0.9 };
    folder.write('guess.jsonl', `${JSON.stringify({ id: 'x', text: 'Ada left .', spans: [span] })}\n`);
    const annotation = await Annotation.start(folder, ['guess.jsonl', '-o', 'of-guess.jsonl']);
    const { sentence } = await annotation.current();
    expect(sentence).toMatchObject({ id: 'x', spans: [{ ...PER, isSuggestion: true }] });
  });

  test('may be JSON lines of texts alone, documents, and gzip', async () => {
    folder.write('texts.jsonl', '{"id":7,"text":"Ada left."}\n{"text":"Bob stayed. Eve did not."}\n');
    const lines = await Annotation.start(folder, ['texts.jsonl', ...LABELS, '--order', 'given', '-o', 'lines.jsonl']);
    expect((await lines.current()).sentence?.id).toBe(7);
    expect((await lines.overview()).total).toBe(3);
    const args = ['texts.txt', ...LABELS, '--from', 'text', '-o', 'document.jsonl'];
    expect((await (await Annotation.start(folder, args)).overview()).total).toBe(3);
  });

  test('that were given before and are not now still count', async () => {
    const before = await start('other.jsonl');
    await before.accept(PER);
    await before.stop('SIGINT');
    folder.write('more.txt', 'Zoe left .\n');
    const annotation = await Annotation.start(folder, ['more.txt', '-o', 'other.jsonl']);
    expect(annotation.stderr).toContain('1 of them about other texts, which count too');
    expect(await annotation.overview()).toMatchObject({ accepted: 1, left: 1, total: 1 });
  });
});

describe('a model that is named and there', () => {
  test('suggests from the beginning, as far as its labels are asked for', async () => {
    await folder.learnByHeart(NAMES);
    folder.write('names.txt', 'Anna Smith lives in London .\n');
    const all = await Annotation.start(folder, ['names.txt', '-m', 'model.json', '-o', 'all-labels.jsonl']);
    const person = { label: 'PER', start: 0, end: 2, isSuggestion: true, confidence: expect.any(Number) };
    expect(await all.current()).toMatchObject({
      overview: { labels: [{ name: 'LOC' }, { name: 'PER' }], model: { round: 0 } },
      sentence: { spans: [person, { label: 'LOC', start: 4, end: 5 }] },
    });
    const args = ['names.txt', '--labels', 'PER', '-m', 'model.json', '-o', 'one-label.jsonl'];
    const one = await Annotation.start(folder, args);
    expect(one.stderr).toContain('labels of model.json that are not among --labels are not suggested: LOC');
    expect((await one.current()).sentence?.spans).toEqual([person]);
  });

  test('suggests beside what a person labelled, not in its place', async () => {
    await folder.learnByHeart(NAMES);
    folder.write('part-names.conll', 'Anna\tB-ORG\nSmith\tO\nlives\t?\nin\t?\nLondon\t?\n.\tO\n\n');
    const args = ['part-names.conll', '-m', 'model.json', '-o', 'part-names.jsonl'];
    const { sentence } = await (await Annotation.start(folder, args)).current();
    expect(sentence?.spans).toEqual([
      { label: 'ORG', start: 0, end: 1 },
      { label: 'LOC', start: 4, end: 5, isSuggestion: true, confidence: expect.any(Number) },
    ]);
  });

  test('is refused if it is none of names', async () => {
    folder.write('broken.json', '{"a":1}');
    const { exitCode } = await folder.rnn(['annotate', 'texts.txt', ...LABELS, '-m', 'broken.json']);
    expect(exitCode).toBe(3);
  });
});

test('the curve of scores is on the page again when the work goes on, with what more sentences would bring', async () => {
  const tokens = [
    { text: 'Ada', start: 0, end: 3 },
    { text: 'left', start: 4, end: 8 },
  ];
  const record = (id: number): string =>
    JSON.stringify({ id, text: 'Ada left', tokens, spans: [], answer: 'accept', order: 'random' });
  folder.write('curved.jsonl', Array.from({ length: 400 }, (_, id) => `${record(id)}\n`).join(''));
  const points = [
    [100, 0.5],
    [200, 0.6],
    [400, 0.66],
  ].map(([sentences, f1]) => `${JSON.stringify({ seed: 1, sentences, f1 })}\n`);
  folder.write('curved.jsonl.curve', points.join(''));
  folder.write('curved.txt', 'Bob stayed\n');
  const annotation = await Annotation.start(folder, ['curved.txt', '--labels', 'PER', '-o', 'curved.jsonl']);
  const { curve, gain } = await annotation.overview();
  expect(curve.map(({ sentences }) => sentences)).toEqual([100, 200, 400]);
  expect(gain).toBeGreaterThan(0.005);
  expect(gain).toBeLessThan(0.05);
  await annotation.stop('SIGKILL');
});

describe('a review', () => {
  const finding = {
    ...{ file: 'c.conll', line: 3, text: 'Ada Lovelace left', doubt: 0.9, id: 'c.conll:3' },
    ...{ tokens: ['Ada', 'Lovelace', 'left'], given: null, suggested: null },
    ...{ spans: [PER], suggestedSpans: [{ label: 'PER', start: 0, end: 2 }] },
  };

  test('shows both readings of each sentence, and writes decisions with the same id', async () => {
    folder.write('findings.jsonl', `${JSON.stringify(finding)}\n${JSON.stringify({ ...finding, doubt: 0.1 })}\n`);
    const annotation = await Annotation.start(folder, ['--review', 'findings.jsonl']);
    const { sentence, overview } = await annotation.current();
    expect(overview).toMatchObject({ isReview: true, output: 'reviewed.jsonl', total: 1, labels: [{ name: 'PER' }] });
    expect(overview.model).toBeUndefined();
    expect(sentence).toMatchObject({
      spans: [PER],
      review: { given: [PER], suggested: [{ label: 'PER', start: 0, end: 2 }], doubt: 0.9 },
    });
    expect((await annotation.accept({ label: 'PER', start: 0, end: 2 })).sentence).toBeUndefined();
    expect(recordsOf('reviewed.jsonl')).toMatchObject([
      { id: 'c.conll:3', spans: [{ text: 'Ada Lovelace' }], answer: 'accept' },
    ]);
  });

  test('decides sentences of the same text one by one, and finds decisions again by their ids alone', async () => {
    const other = { ...finding, id: 'c.conll:9', line: 9 };
    folder.write('twice.jsonl', `${JSON.stringify(finding)}\n`);
    const args = ['--review', 'twice.jsonl', '-o', 'twice-reviewed.jsonl'];
    const first = await Annotation.start(folder, args);
    await first.accept(PER);
    await first.stop('SIGINT');
    folder.write('twice.jsonl', `${JSON.stringify(other)}\n`);
    const second = await Annotation.start(folder, args);
    const { overview, sentence } = await second.current();
    expect(overview).toMatchObject({ total: 1, left: 1 });
    expect(sentence?.id).toBe('c.conll:9');
    await second.accept();
    await second.stop('SIGINT');
    expect(recordsOf('twice-reviewed.jsonl')).toMatchObject([{ id: 'c.conll:3' }, { id: 'c.conll:9' }]);
    expect(await (await Annotation.start(folder, args)).overview()).toMatchObject({ left: 0 });
  });

  test('asks anew where the id of a decision belongs to other tokens now, and says so', async () => {
    folder.write('moved.jsonl', `${JSON.stringify(finding)}\n`);
    const args = ['--review', 'moved.jsonl', '-o', 'moved-reviewed.jsonl'];
    const first = await Annotation.start(folder, args);
    await first.accept(PER);
    await first.stop('SIGINT');
    folder.write('moved.jsonl', JSON.stringify({ ...finding, text: 'Bob Lee left', tokens: ['Bob', 'Lee', 'left'] }));
    const second = await Annotation.start(folder, args);
    expect(second.stderr).toContain(
      '1 decision in moved-reviewed.jsonl is about other tokens than the finding of its id, and counts no longer',
    );
    expect(await second.current()).toMatchObject({ overview: { left: 1 }, sentence: { id: 'c.conll:3' } });
    await second.accept(PER);
    expect(recordsOf('moved-reviewed.jsonl').at(-1)).toMatchObject({ id: 'c.conll:3', text: 'Bob Lee left' });
  });

  test('takes what rnn agree wrote as well, and its help says so', async () => {
    const { stdout } = await folder.mustRun(['annotate', '--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('what rnn doubt or rnn agree wrote with --to jsonl');
  });

  test.each([
    ['{}', /bad.jsonl:1: expected a finding with "id" and "tokens"/],
    [JSON.stringify({ ...finding, spans: [{ label: 'PER', start: 0, end: 9 }] }), /a range of the 3 tokens/],
    ['', /no finding in it/],
  ])('of %s is refused', async (line, message) => {
    folder.write('bad.jsonl', line);
    const { exitCode, stderr } = await folder.rnn(['annotate', '--review', 'bad.jsonl']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(message);
  });
});

describe('the server', () => {
  test('answers its own page alone, on this machine alone', async () => {
    const annotation = await start('guarded.jsonl');
    expect(annotation.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await annotation.ask('');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).not.toMatch(/https?:\/\//);
    const { port } = new URL(annotation.url);
    const statusFor = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve) => {
        request({ port, host: '127.0.0.1', path: '/current', headers }, ({ statusCode }) => resolve(statusCode)).end();
      });
    expect(await statusFor({ Host: `evil.example:${port}` })).toBe(403);
    expect(await statusFor({ Host: `localhost:${port}` })).toBe(200);
    const json = { 'Content-Type': 'application/json' };
    const foreign = { method: 'POST', headers: { ...json, Origin: 'https://evil.example' }, body: '{}' };
    expect((await annotation.ask('undo', foreign)).status).toBe(403);
    expect((await annotation.ask('undo', { method: 'POST', body: '{}' })).status).toBe(415);
    expect((await annotation.ask('decide')).status).toBe(405);
    expect((await annotation.ask('nothing')).status).toBe(404);
  });

  test.each([
    ['an unknown sentence', { id: 'x', answer: 'accept', spans: [] }, /no sentence is called "x"/],
    ['no range', { id: 'texts.txt:1', answer: 'accept', spans: [{ label: 'A', start: 3, end: 9 }] }, /ranges of 4 tok/],
    ['an overlap', { id: 'texts.txt:1', answer: 'accept', spans: [PER, PER] }, /do not overlap/],
    ['another answer', { id: 'texts.txt:1', answer: 'maybe', spans: [] }, /accept/],
    ['no label', { id: 'texts.txt:1', answer: 'accept', spans: [{ ...PER, label: ' ' }] }, /label/],
  ])('refuses a decision about %s, and writes nothing', async (name, decision, message) => {
    const output = `${name.replaceAll(' ', '-')}.jsonl`;
    const annotation = await start(output);
    await expect(annotation.decide(decision as never)).rejects.toThrow(message);
    expect(folder.read(output)).toBe('');
    await annotation.stop('SIGKILL');
  });
});

describe('wrong usage', () => {
  test.each([
    [['annotate'], 2, 'no texts to label'],
    [['annotate', 'texts.txt'], 2, 'no labels to choose from'],
    [['annotate', 'texts.txt', '--labels', 'A,A'], 2, 'different names'],
    [['annotate', 'none.txt', ...LABELS], 3, 'none.txt: no such file or folder'],
    [['annotate', 'texts.txt', '--review', 'texts.txt'], 2, 'leave the texts out'],
    [['annotate', 'texts.txt', ...LABELS, '-o', 'texts.txt'], 2, 'both read and written'],
    [['annotate', 'texts.txt', ...LABELS, '-o', 'corpus.conll'], 3, 'corpus.conll:1: expected JSON'],
    [['annotate', 'texts.txt', ...LABELS, '--order', 'best'], 2, 'uncertain, given or random'],
  ])('%j', async (args, code, message) => {
    folder.write('corpus.conll', 'Ada\tB-PER\n\n');
    const { exitCode, stderr } = await folder.rnn(args);
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(message)]);
    expect(stderr).not.toContain('    at ');
    expect(folder.names().filter((name) => name.endsWith('.lock') && name.startsWith('corpus'))).toEqual([]);
  });
});

describe('on a full disk (left out where none can be mounted)', () => {
  folder.makeFolder('disk');
  const hasDisk = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder.at('disk')]).status === 0;
  afterAll(() => {
    if (hasDisk) execFileSync('umount', ['-l', folder.at('disk')]);
  });

  test.skipIf(!hasDisk)('a decision is not saved, it is said, and can be made again when there is room', async () => {
    const annotation = await start('disk/full.jsonl');
    await annotation.accept(PER);
    const { bavail, bsize } = statfsSync(folder.at('disk'));
    const used = folder.readBytes('disk/full.jsonl').length;
    writeFileSync(folder.at('disk/filler'), Buffer.alloc(bavail * bsize));
    const long = 'x'.repeat(20_000);
    const decision = { id: 'texts.txt:2', answer: 'accept', spans: [], note: long } as const;
    await expect(annotation.decide(decision)).rejects.toThrow('disk/full.jsonl: cannot be written: the disk is full');
    expect(folder.readBytes('disk/full.jsonl')).toHaveLength(used);
    expect((await annotation.current()).sentence?.id).toBe('texts.txt:2');
    rmSync(folder.at('disk/filler'));
    await annotation.decide(decision);
    expect(recordsOf('disk/full.jsonl')).toHaveLength(2);
    expect(await annotation.stop('SIGINT')).toBe(0);
  });
});
