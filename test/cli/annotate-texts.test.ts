import { afterAll, describe, expect, test } from 'vitest';
import { Annotation, AnnotationFolder, killAnnotations, LABELS, PER } from '../helpers/annotation.js';
import { NAMES } from '../helpers/cli.js';
import { pdfOf } from '../helpers/office-files.js';

const folder = new AnnotationFolder();
afterAll(killAnnotations);

describe('texts', () => {
  test('come from a pipe', async () => {
    const annotation = await Annotation.start(folder, ['-', ...LABELS, '-o', 'pipe.jsonl'], folder.read('texts.txt'));
    expect((await annotation.overview()).total).toBe(3);
  });

  test('that a corpus has labelled count as decided, the others are asked', async () => {
    folder.write('part.conll', 'Ada\tB-PER\nleft\tO\n\nBob\tO\nstayed\tO\n\n');
    const annotation = await Annotation.start(folder, ['part.conll', '-o', 'part.jsonl']);
    expect(annotation.stderr).toContain('1 sentence came with labels, which count as decided');
    const { overview, sentence } = await annotation.current();
    expect(overview).toMatchObject({ labels: [{ name: 'PER', count: 1 }], left: 1, accepted: 1 });
    expect(sentence?.text).toBe('Bob stayed');
    expect(folder.recordsOf('part.jsonl')).toHaveLength(1);
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
    expect(folder.recordsOf('half.jsonl')).toHaveLength(1);
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

  test('may be those of a PDF, whose sentences are named by their pages', async () => {
    folder.write('report.pdf', pdfOf(['Ada left Paris .\nBob stayed .', 'Eve met Ada .', '']));
    const args = ['report.pdf', ...LABELS, '--order', 'given', '-o', 'pages.jsonl'];
    const annotation = await Annotation.start(folder, args);
    expect(annotation.stderr).toContain('report.pdf: read as PDF, 3 pages, cut into sentences\n');
    expect(annotation.stderr).toContain('warning: report.pdf: left out: 1 of 3 pages, which holds no text');
    for (let count = 0; count < 3; count++) await annotation.accept(PER);
    expect(folder.recordsOf('pages.jsonl').map(({ id, text }) => [id, text])).toEqual([
      ['report.pdf:page-1', 'Ada left Paris .'],
      ['report.pdf:page-1#2', 'Bob stayed .'],
      ['report.pdf:page-2', 'Eve met Ada .'],
    ]);
  });

  test('that were given before and are not now still count', async () => {
    const before = await folder.start('other.jsonl');
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
