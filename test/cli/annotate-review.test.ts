import { afterAll, describe, expect, test } from 'vitest';
import { Annotation, AnnotationFolder, killAnnotations, PER } from '../helpers/annotation.js';

const folder = new AnnotationFolder();
afterAll(killAnnotations);

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
    expect(folder.recordsOf('reviewed.jsonl')).toMatchObject([
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
    expect(folder.recordsOf('twice-reviewed.jsonl')).toMatchObject([{ id: 'c.conll:3' }, { id: 'c.conll:9' }]);
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
    expect(folder.recordsOf('moved-reviewed.jsonl').at(-1)).toMatchObject({ id: 'c.conll:3', text: 'Bob Lee left' });
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
