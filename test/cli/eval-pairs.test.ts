import { beforeAll, describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

const PAIRS = 'Ada B-PER B-PER\nmet O O\nBob B-PER O\n\nin O O\nRome B-LOC B-LOC\n';
const OTHER = 'Ada B-PER O\nmet O O\nBob B-PER O\n\nin O O\nRome B-LOC B-PER\n';

beforeAll(() => {
  folder.write('pairs.conll', PAIRS);
  folder.write('other.conll', OTHER);
});

describe.concurrent('rnn eval --pairs', () => {
  test('needs no model, and reads stdin as a file', async () => {
    const fromFile = await folder.mustRun(['eval', '--pairs', 'pairs.conll']);
    const fromStdin = await folder.mustRun(['eval', '--pairs', '-'], { input: PAIRS });
    expect(fromFile.stdout).toMatch(/^label +precision .*\n.*\n.*\nall +100\.00 +66\.67 +80\.00 +3 +2 +2\n/);
    expect(fromStdin.stdout).toBe(fromFile.stdout);
  });

  test('compares with a second --pairs: difference, interval, p and the sentences that changed', async () => {
    const { stdout } = await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--pairs', 'other.conll', '--json']);
    expect(JSON.parse(stdout).comparison).toMatchObject({
      other: { name: 'other.conll', precision: 0, recall: 0, f1: 0 },
      difference: 0.8,
      interval: { low: expect.any(Number), high: expect.any(Number) },
      p: expect.any(Number),
      changed: [
        {
          ...{ index: 1, line: 5, gain: 2, tokens: ['in', 'Rome'], gold: [{ label: 'LOC', start: 1, end: 2 }] },
          ...{ predicted: [{ label: 'LOC', start: 1, end: 2 }], other: [{ label: 'PER', start: 1, end: 2 }] },
        },
        { index: 0, line: 1, gain: 1 },
      ],
    });
  });

  test('compares with a report of --to json as with the pairs that it was made from', async () => {
    await folder.mustRun(['eval', '--pairs', 'other.conll', '--json', '-o', 'other.json']);
    const report = await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--compare', 'other.json', '--json']);
    const pairs = await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--pairs', 'other.conll', '--json']);
    expect(report.stdout).toBe(pairs.stdout.replace('"name":"other.conll"', '"name":"other.json"'));
  });

  test('refuses a report on other sentences', async () => {
    folder.write('third.conll', PAIRS.replace('Ada', 'Eve'));
    await folder.mustRun(['eval', '--pairs', 'third.conll', '--json', '-o', 'third.json']);
    const { stderr, exitCode } = await folder.rnn(['eval', '--pairs', 'pairs.conll', '--compare', 'third.json', '-q']);
    expect([stderr.split('\n')[0], exitCode]).toEqual([
      'rnn: third.json: the report is on other sentences or gold tags',
      3,
    ]);
  });

  test.each([
    [['--pairs', 'pairs.conll', '--pairs', 'short.conll'], 'short.conll ends at line 3, but pairs.conll:5: token "in"'],
    [['gold.conll', '--pairs', 'pairs.conll'], 'gold.conll:3: token "Rob", but pairs.conll:3: token "Bob"'],
    [['--pairs', 'ragged.conll'], 'ragged.conll:2: expected 3 columns as in line 1, found 2'],
    [['--pairs', 'kinds.conll'], 'kinds.conll: gold tags are names, predicted ones plain labels, one a token'],
    [['--pairs', 'pairs.conll', '--compare', 'pairs.conll'], 'pairs.conll: expected JSON, found other text'],
  ])('%j: %s', async (args, message) => {
    folder.write('short.conll', 'Ada B-PER B-PER\nmet O O\nBob B-PER O\n');
    folder.write('gold.conll', 'Ada B-PER\nmet O\nRob B-PER\n\nin O\nRome B-LOC\n');
    folder.write('ragged.conll', 'Ada B-PER B-PER\nmet O\n');
    folder.write('kinds.conll', 'Ada B-PER NNP\nmet O VBD\n');
    const { stdout, stderr, exitCode } = await folder.rnn(['eval', '--quiet', ...args]);
    expect(stderr.split('\n')[0]).toBe(`rnn: ${message}`);
    expect([stdout, exitCode]).toEqual(['', 3]);
  });

  test('takes the corpus that the pairs are of, and holds them to it', async () => {
    folder.write('same.conll', 'Ada B-PER\nmet O\nBob B-PER\n\nin O\nRome B-LOC\n');
    const held = await folder.mustRun(['eval', 'same.conll', '--pairs', 'pairs.conll']);
    expect(held.stdout).toBe((await folder.mustRun(['eval', '--pairs', 'pairs.conll'])).stdout);
  });

  test('takes the corpus and the pairs in two schemes, IOB1 and IOB2, and compares entities', async () => {
    folder.write('iob1.conll', 'Ada I-PER\nBo I-PER\nin O\nRome I-LOC\nParis B-LOC\n\n'.repeat(3));
    const pairs = 'Ada B-PER B-PER\nBo I-PER O\nin O O\nRome B-LOC B-LOC\nParis B-LOC O\n\n'.repeat(3);
    const held = await folder.mustRun(['eval', 'iob1.conll', '--pairs', '-'], { input: pairs });
    expect(held.stdout).toBe((await folder.mustRun(['eval', '--pairs', '-'], { input: pairs })).stdout);
    const other = pairs.replace('Bo I-PER', 'Bo B-PER');
    const { stderr, exitCode } = await folder.rnn(['eval', 'iob1.conll', '--pairs', '-', '-q'], { input: other });
    expect([exitCode, stderr.split('\n')[0]]).toEqual([
      3,
      'rnn: iob1.conll:2: gold tag I-PER, but stdin:2: B-PER, for "Bo"',
    ]);
  });

  test('shows scores, interval and worst sentences, and with --all every table', async () => {
    const short = (await folder.mustRun(['eval', '--pairs', 'pairs.conll'])).stdout;
    const whole = (await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--all'])).stdout;
    const details = /^(?:Averages over labels|Matching|Length in tokens|Confusion)/;
    const sections = whole.split('\n\n');
    expect(sections.filter((section) => details.test(section)).length).toBe(4);
    expect(short).toBe(sections.filter((section) => !details.test(section)).join('\n\n'));
    expect(short).toMatch(/95 % interval.*\n\nWorst sentences\n/);
  });

  test('says which rule read ill-formed tags, and what the other one gives', async () => {
    const input = 'a B-PER I-PER\nb O O\nc B-LOC B-LOC\n';
    const { stdout, stderr } = await folder.mustRun(['eval', '--pairs', '-'], { input });
    expect(stderr).toContain('warning: stdin, predicted: 1 tag does not follow IOB2');
    expect(stdout).toContain('Ill-formed in IOB2 (BIO): 0 gold tags, 1 predicted tag.');
    expect(stdout).toContain(
      "F1 100.00.\nSeqeval's strict mode, which ignores entities that are not well-formed: F1 66.67.",
    );
  });

  test('reads gold tags of IOB1 and predicted ones of IOB2 each by its own scheme', async () => {
    const input = 'a I-PER B-PER\nb I-PER I-PER\nc O O\n\n'.repeat(10);
    const { stdout, stderr } = await folder.mustRun(['eval', '--pairs', '-'], { input });
    const said = 'gold tags are IOB1, predicted ones IOB2 (BIO); each is read by its own scheme';
    expect(stderr).toBe(`tags: IOB1, outside O\nstdin: ${said}\n`);
    expect(stdout).toContain('Gold tags are IOB1, predicted tags IOB2 (BIO). Entities are read by the scheme of each');
    expect(stdout).not.toContain('Ill-formed');
    const json = await folder.mustRun(['eval', '--pairs', '-', '--json'], { input });
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ f1: 1, illFormed: { gold: 0, predicted: 0 }, scheme: { name: 'iob1' }, predictedScheme: { name: 'iob2' } },
      seqeval: { strict: { micro: { f1: 1 } } },
    });
  });

  test('has no macro average where there is no label', async () => {
    const input = 'a O O\n';
    const { stdout } = await folder.mustRun(['eval', '--pairs', '-', '--all'], { input });
    expect(stdout).toMatch(/\nmacro +- +- +-\n/);
    const json = await folder.mustRun(['eval', '--pairs', '-', '--json'], { input });
    expect(JSON.parse(json.stdout).seqeval.strict.macro).toEqual({ precision: null, recall: null, f1: null });
  });

  test('scores names marked 1 and 0 with --outside 0, and parts of speech without', async () => {
    const input = 'a 1 1\nb 1 1\nc 0 0\nd 1 0\n';
    const named = await folder.mustRun(['eval', '--pairs', '-', '--outside', '0', '--json'], { input });
    expect(JSON.parse(named.stdout)).toMatchObject({ gold: 2, predicted: 1, correct: 1, byLength: { 2: { f1: 1 } } });
    const plain = await folder.mustRun(['eval', '--pairs', '-', '--json'], { input });
    expect(JSON.parse(plain.stdout)).toMatchObject({ gold: 4, predicted: 4, correct: 3, f1: 0.75, accuracy: 0.75 });
  });
});

describe.concurrent('rnn eval --min-f1', () => {
  test.each([
    ['0.8', 0],
    ['80', 0],
    ['80.01', 4],
    ['0.81', 4],
    ['1', 4],
    ['0', 0],
  ])('%s: exit code %d where F1 is 80.00', async (least, code) => {
    const { stdout, stderr, exitCode } = await folder.rnn(['eval', '--pairs', 'pairs.conll', '-q', '--min-f1', least]);
    expect(exitCode).toBe(code);
    expect(stdout).toContain('80.00');
    expect(stderr).toBe(
      code === 0
        ? ''
        : `rnn: F1 80.00 is below --min-f1 ${(Number(least) * (Number(least) > 1 ? 1 : 100)).toFixed(2)}\n`,
    );
  });
});
