import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { AnnotationFolder, killAnnotations, LABELS, PER } from '../helpers/annotation.js';

const folder = new AnnotationFolder();
afterAll(killAnnotations);

test('a decision is a record on the disk before it is answered, and rnn train reads what comes out', async () => {
  const annotation = await folder.start('a.jsonl');
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
  expect(folder.recordsOf('a.jsonl')).toEqual([
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
  const before = await folder.start('killed.jsonl');
  await before.accept(PER);
  await before.stop('SIGKILL');
  expect(folder.names()).toContain('killed.jsonl.lock');
  const annotation = await folder.start('killed.jsonl');
  expect(annotation.stderr).toContain('killed.jsonl has 1 decision');
  expect((await annotation.current()).sentence?.id).toBe('texts.txt:2');
  expect((await annotation.find('texts.txt:1')).sentence).toMatchObject({ spans: [PER], answer: 'accept' });
  expect(await annotation.stop('SIGTERM')).toBe(0);
});

test('a record that a kill cut short is removed, and it is said', async () => {
  folder.write('cut.jsonl', '{"id":"texts.txt:1","te');
  const annotation = await folder.start('cut.jsonl');
  expect(annotation.stderr).toMatch(/warning: cut.jsonl: its last record was cut short by a stop.*"texts.txt:1","te/s);
  await annotation.accept(PER);
  expect(folder.recordsOf('cut.jsonl')).toHaveLength(1);
});

test('a second process is refused the same file', async () => {
  const annotation = await folder.start('locked.jsonl');
  const second = await folder.rnn(['annotate', 'texts.txt', ...LABELS, '-o', 'locked.jsonl', '--port', '0']);
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain(`locked.jsonl is being written by another process (${annotation.process.pid})`);
});

test('undo takes decisions back one by one, also those before a restart', async () => {
  const before = await folder.start('undone.jsonl');
  await before.accept(PER);
  await before.accept();
  await before.stop('SIGINT');
  const annotation = await folder.start('undone.jsonl');
  const step = await annotation.undo();
  expect(step.sentence).toMatchObject({ id: 'texts.txt:2', spans: [] });
  const first = await annotation.undo();
  expect(first.sentence).toMatchObject({ id: 'texts.txt:1', spans: [PER] });
  expect(first.overview).toMatchObject({ left: 3, accepted: 0, skipped: 0 });
  expect(folder.recordsOf('undone.jsonl').map(({ answer, undone }) => [answer, undone])).toEqual([
    ['accept', undefined],
    ['accept', undefined],
    ['skip', true],
    ['skip', true],
  ]);
  expect(first.isTakenBack).toBe(true);
  expect(await annotation.undo()).toMatchObject({ isTakenBack: false, sentence: { id: 'texts.txt:1' } });
  expect(folder.recordsOf('undone.jsonl')).toHaveLength(4);
});

test('one can go back, change a decision, and go on', async () => {
  const annotation = await folder.start('changed.jsonl');
  await annotation.accept();
  const step = await annotation.decide({ id: 'texts.txt:1', answer: 'accept', spans: [PER], note: 'Lovelace' });
  expect(step.sentence?.id).toBe('texts.txt:2');
  expect(await annotation.done('lovelace')).toEqual({
    count: 1,
    sentences: [{ id: 'texts.txt:1', text: 'Ada left Paris .', answer: 'accept', labels: ['PER'], note: 'Lovelace' }],
  });
  expect((await annotation.done('Rome')).count).toBe(0);
});

test('a label that was added on the page is removed when nothing uses it, and stays removed after a restart', async () => {
  const before = await folder.start('labels.jsonl');
  await before.accept({ ...PER, label: 'ORGG' });
  await expect(before.removeLabel('ORGG')).rejects.toThrow(
    'ORGG cannot be removed: it is in use, or was not added on this page',
  );
  await before.stop('SIGINT');
  const annotation = await folder.start('labels.jsonl');
  const { labels } = await annotation.overview();
  expect(labels).toEqual([
    { name: 'PER', count: 0 },
    { name: 'LOC', count: 0 },
    { name: 'ORGG', count: 1 },
  ]);
  const changed = await annotation.decide({ id: 'texts.txt:1', answer: 'accept', spans: [] });
  expect(changed.overview.labels[2]).toEqual({ name: 'ORGG', count: 0, isRemovable: true });
  await expect(annotation.removeLabel('PER')).rejects.toThrow('PER cannot be removed: it is in use, or');
  expect((await annotation.removeLabel('ORGG')).labels).toHaveLength(2);
  await annotation.stop('SIGINT');
  const after = await folder.start('labels.jsonl');
  expect((await after.overview()).labels.map(({ name }) => name)).toEqual(['PER', 'LOC']);
});

test('a label that only a skipped sentence uses is in use, and is offered after a restart too', async () => {
  const before = await folder.start('skipped-label.jsonl');
  const skipped = { id: 'texts.txt:1', answer: 'skip', spans: [{ ...PER, label: 'ORG' }] } as const;
  expect((await before.decide(skipped)).overview.labels[2]).toEqual({ name: 'ORG', count: 0 });
  await expect(before.removeLabel('ORG')).rejects.toThrow('ORG cannot be removed');
  await before.stop('SIGINT');
  const annotation = await folder.start('skipped-label.jsonl');
  expect(annotation.stderr).toContain('not among --labels, which are offered too: ORG');
  expect((await annotation.overview()).labels[2]).toEqual({ name: 'ORG', count: 0 });
  const changed = await annotation.decide({ ...skipped, spans: [PER] });
  expect(changed.overview.labels[2]).toEqual({ name: 'ORG', count: 0, isRemovable: true });
});

test('a label that Undo brings back is offered again', async () => {
  const before = await folder.start('label-again.jsonl');
  await before.accept({ ...PER, label: 'ORG' });
  await before.decide({ id: 'texts.txt:1', answer: 'accept', spans: [PER] });
  await before.stop('SIGINT');
  const annotation = await folder.start('label-again.jsonl');
  expect((await annotation.overview()).labels).toHaveLength(2);
  expect((await annotation.undo()).overview.labels[2]).toEqual({ name: 'ORG', count: 1 });
  const step = await annotation.undo();
  expect(step.sentence?.spans).toEqual([{ ...PER, label: 'ORG' }]);
  expect(step.overview.labels[2]).toEqual({ name: 'ORG', count: 0, isRemovable: true });
});

describe('the server', () => {
  test('answers its own page alone, on this machine alone', async () => {
    const annotation = await folder.start('guarded.jsonl');
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
    const annotation = await folder.start(output);
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
    const annotation = await folder.start('disk/full.jsonl');
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
    expect(folder.recordsOf('disk/full.jsonl')).toHaveLength(2);
    expect(await annotation.stop('SIGINT')).toBe(0);
  });
});
