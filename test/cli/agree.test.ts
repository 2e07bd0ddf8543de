import { beforeAll, describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

const ANNA = `Anna B-PER
Smith I-PER
lives O
in O
Oslo B-LOC

Bob B-PER
left O
Paris B-LOC

IBM B-ORG
sank O
`;

beforeAll(() => {
  folder.write('anna.conll', ANNA);
  folder.write('ben.conll', ANNA.replace('Smith I-PER', 'Smith O').replace('Paris B-LOC', 'Paris B-PER'));
  folder.write('carla.conll', ANNA.replace('IBM B-ORG', 'IBM O').replace('Paris B-LOC', 'Paris B-PER'));
});

describe('rnn agree', () => {
  test('tells F1 of pairs, kappa and alpha of tokens, by label, and intervals', async () => {
    const { stdout } = await folder.mustRun(['agree', 'anna.conll', 'ben.conll', 'carla.conll', '--json']);
    const report = JSON.parse(stdout);
    expect(report.annotators).toEqual(['anna.conll', 'ben.conll', 'carla.conll']);
    expect(report.f1[0]).toEqual([1, expect.closeTo(0.6, 10), expect.closeTo(2 / 3, 10)]);
    expect(report.kappa.cohen[1][2]).toBe(report.kappa.cohen[2][1]);
    expect(report.alpha).toBeGreaterThan(report.kappa.fleiss);
    expect(Object.keys(report.byLabel)).toEqual(['LOC', 'ORG', 'PER']);
    expect(report.byLabel.ORG.f1[0][1]).toBe(1);
    expect(report.byLabel.ORG.entities).toEqual([1, 1, 0]);
    const { low, high } = report.intervals.f1[0][1];
    expect(low <= report.f1[0][1] && report.f1[0][1] <= high).toBe(true);
    expect(report.disputes[0]).toEqual({
      file: 'anna.conll',
      line: 9,
      text: 'Bob left Paris',
      given: { label: 'LOC', start: 2, end: 3, text: 'Paris' },
      suggested: { label: 'PER', start: 2, end: 3, text: 'Paris' },
      doubt: expect.closeTo(2 / 3, 10),
      readings: ['LOC', 'PER', 'PER'].map((label, index) => ({
        annotator: report.annotators[index],
        spans: [{ label, start: 2, end: 3, text: 'Paris' }],
      })),
    });
    expect(report.disputes).toHaveLength(3);
  });

  test('compares no tokens that an annotator does not know, and keeps what the first one has there', async () => {
    folder.write('open.conll', ANNA.replace('Oslo B-LOC', 'Oslo ?').replace('IBM B-ORG', 'IBM O'));
    const same = JSON.parse((await folder.mustRun(['agree', 'anna.conll', 'open.conll', '--json'])).stdout);
    expect(same.byLabel.LOC).toMatchObject({ entities: [1, 1] });
    expect(same.byLabel.LOC.kappa.cohen[0][1]).toBe(1);
    expect(same.disputes.map(({ text }: { text: string }) => text)).toEqual(['IBM sank']);
    folder.write('open.conll', ANNA.replace('Oslo B-LOC', 'Oslo ?').replace('Smith I-PER', 'Smith O'));
    const { stdout } = await folder.mustRun(['agree', 'anna.conll', 'open.conll', '--to', 'jsonl']);
    expect(JSON.parse(stdout).suggestedSpans).toMatchObject([{ text: 'Anna' }, { text: 'Oslo' }]);
  });

  test('has tables as text, Markdown and LaTeX, the same for a seed', async () => {
    const { stdout } = await folder.mustRun(['agree', 'anna.conll', 'ben.conll']);
    expect(stdout).toMatch(/^1 and 2 {5}60\.00 /m);
    expect(stdout).toContain("alpha Krippendorff's");
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
    expect(stdout).toContain('3 sentences, 10 tokens, 2 disputes');
    expect((await folder.mustRun(['agree', 'anna.conll', 'ben.conll', '--seed', '1'])).stdout).toBe(stdout);
    const { stdout: markdown } = await folder.mustRun(['agree', 'anna.conll', 'ben.conll', '--to', 'markdown']);
    expect(markdown).toContain('# Agreement of anna.conll, ben.conll');
  });

  test('writes disputes that a review can show', async () => {
    const { stderr } = await folder.mustRun([
      'agree',
      'anna.conll',
      'ben.conll',
      '--to',
      'jsonl',
      '-o',
      'disputes.jsonl',
    ]);
    const lines = folder
      .read('disputes.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      id: 'anna.conll:1',
      tokens: ['Anna', 'Smith', 'lives', 'in', 'Oslo'],
      spans: [
        { label: 'PER', text: 'Anna Smith' },
        { label: 'LOC', text: 'Oslo' },
      ],
      suggestedSpans: [
        { label: 'PER', text: 'Anna' },
        { label: 'LOC', text: 'Oslo' },
      ],
    });
    expect(stderr).toContain('wrote 2 disputes: try rnn annotate --review disputes.jsonl');
  });

  test('writes disputes of texts that are cut differently in tokens of the first file, so that they can be applied', async () => {
    folder.write('whole.conll', 'Bob O\nwell-known O\nOslo O\n\nNew B-LOC\nYork-based O\n');
    folder.write('cut.conll', 'Bob O\nwell O\n- O\nknown O\nOslo B-LOC\n\nNew B-LOC\nYork I-LOC\n- O\nbased O\n');
    const { stdout, stderr } = await folder.mustRun(['agree', 'whole.conll', 'cut.conll', '--to', 'jsonl']);
    const dispute = JSON.parse(stdout);
    expect(dispute).toMatchObject({ line: 3, tokens: ['Bob', 'well-known', 'Oslo'], suggested: { start: 2, end: 3 } });
    expect(stderr).toContain('warning: 1 dispute left out, since spans end inside tokens of whole.conll: see --json');
    const { disputes } = JSON.parse((await folder.mustRun(['agree', 'whole.conll', 'cut.conll', '--json'])).stdout);
    expect(disputes.map(({ line }: { line: number }) => line)).toEqual([3, 5]);
    const { id, tokens, suggestedSpans: spans } = dispute;
    folder.write('reviewed.jsonl', `${JSON.stringify({ id, tokens, spans, answer: 'accept' })}\n`);
    await folder.mustRun(['doubt', 'whole.conll', '--apply', 'reviewed.jsonl']);
    expect(folder.read('whole.conll')).toBe('Bob O\nwell-known O\nOslo B-LOC\n\nNew B-LOC\nYork-based O\n');
  });

  test('compares formats, schemes and orders of sentences', async () => {
    const { stdout: texts } = await folder.mustRun(['convert', 'ben.conll', '--to', 'jsonl']);
    folder.write('ben.jsonl', texts.trim().split('\n').reverse().join('\n'));
    const { stdout: bioes } = await folder.mustRun(['convert', 'anna.conll', '--to', 'conll', '--scheme', 'bioes']);
    folder.write('anna.bioes', bioes);
    const plain = JSON.parse((await folder.mustRun(['agree', 'anna.conll', 'ben.conll', '--json'])).stdout);
    const other = JSON.parse((await folder.mustRun(['agree', 'anna.bioes', 'ben.jsonl', '--json'])).stdout);
    expect({ ...other, annotators: [], disputes: other.disputes.length }).toEqual({
      ...plain,
      annotators: [],
      disputes: plain.disputes.length,
    });
  });

  test('compares tags that spell no spans', async () => {
    folder.write('one.pos', 'the DT\nrun NN\n\nrun VB\n');
    folder.write('two.pos', 'the DT\nrun VB\n\nrun VB\n');
    const { stdout } = await folder.mustRun(['agree', 'one.pos', 'two.pos']);
    expect(stdout).not.toContain('F1');
    expect(stdout).toContain('2 sentences, 3 tokens, 1 dispute');
  });

  test('has null where nothing is labelled, and no dispute where all agree', async () => {
    folder.write('none.conll', 'Nobody O\nhere O\n');
    const report = JSON.parse((await folder.mustRun(['agree', 'none.conll', 'none.conll', '--json'])).stdout);
    expect(report).toMatchObject({
      f1: [
        [1, null],
        [null, 1],
      ],
      kappa: { fleiss: null },
      alpha: null,
      disputes: [],
    });
    const { stdout } = await folder.mustRun(['agree', 'none.conll', 'none.conll']);
    expect(stdout).toMatch(/^all +- +- +- +-$/m);
    expect((await folder.mustRun(['agree', 'anna.conll', 'anna.conll', '--to', 'jsonl'])).stdout).toBe('');
  });

  test('compares the sentences that all have, and says what a file lacks', async () => {
    folder.write('longer.conll', `${ANNA}\nMore O\n`);
    const { stderr, stdout } = await folder.mustRun(['agree', 'anna.conll', 'longer.conll']);
    expect(stderr).toContain(
      'warning: anna.conll lacks 1 sentence that others have, left out: the first is "More" at longer.conll:14',
    );
    expect(stdout).toContain('3 sentences, 10 tokens, 0 disputes');
    folder.write('strange.conll', 'More O\n');
    const refused = await folder.rnn(['agree', 'anna.conll', 'strange.conll']);
    expect(refused.stderr).toContain('no sentence in common: strange.conll lacks "Anna Smith lives in Oslo"');
    expect(refused.exitCode).toBe(3);
  });

  test.each([
    [['agree', 'anna.conll'], 2, 'agreement is between two annotators or more'],
    [['agree', '-', '-'], 2, 'stdin (-) is named more than once'],
    [['agree', 'anna.conll', 'missing.conll'], 3, 'missing.conll: '],
    [['agree', 'anna.conll', 'ben.conll', '-o', 'ben.conll'], 2, 'ben.conll is both read and written'],
    [['agree', 'anna.conll', 'empty.conll'], 3, 'no sentence in it'],
    [['agree', 'anna.conll', 'tags.conll'], 3, 'tags.conll: expected names, as anna.conll has, found plain labels'],
  ])('refuses what cannot be compared: %j', async (args, code, message) => {
    folder.write('empty.conll', '');
    folder.write('tags.conll', ANNA.replaceAll('B-', '').replaceAll('I-', '').replaceAll(' O', ' X'));
    const { stderr, exitCode } = await folder.rnn(args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(code);
  });
});
