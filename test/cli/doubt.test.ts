import { beforeAll, describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

/** Options with which networks learn the few names of the corpus. */
const LEARN = [
  '--preset',
  'textbook',
  '--hidden',
  '16',
  '--optimizer',
  'adam',
  '--learning-rate',
  '0.02',
  '--epochs',
  '15',
  '--batch-size',
  '2',
];

/** The same with half as many networks. */
const QUICK = [...LEARN, '--rounds', '1'];

const WORDS = ['well', 'late', 'soon', 'twice', 'alone', 'again', 'early', 'often', 'here', 'there', 'today', 'now'];

/** Sentences of few names, each different from the others, with one label that is wrong and one that is missing. */
function corpusWithMistakes(): string {
  const sentences = WORDS.flatMap((word) => [
    `Anna B-PER\nlives O\nin O\nLondon B-LOC\n${word} O\n`,
    `Bob B-PER\nleft O\nParis B-LOC\n${word} O\n`,
  ]);
  sentences[7] = sentences[7]?.replace('Paris B-LOC', 'Paris B-PER') ?? '';
  sentences[12] = sentences[12]?.replace('London B-LOC', 'London O') ?? '';
  return sentences.join('\n');
}

interface Found {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly given: object | null;
  readonly suggested: object | null;
  readonly doubt: number;
}

beforeAll(() => {
  folder.write('corpus.conll', corpusWithMistakes());
});

describe('rnn doubt', () => {
  test('finds a wrong label and a missing entity, most doubtful first, the same for any number of workers', async () => {
    const { stdout, stderr } = await folder.mustRun(['doubt', 'corpus.conll', ...LEARN, '--json']);
    const report: { sentences: number; findings: Found[] } = JSON.parse(stdout);
    expect(report.sentences).toBe(24);
    expect(stderr).toContain('8 of 8 networks trained');
    expect(stderr).toContain('warning: corpus.conll has few entities (47)');
    const [first, second] = [...report.findings.slice(0, 2)].sort((a, b) => a.line - b.line);
    expect(first).toEqual({
      file: 'corpus.conll',
      line: 42,
      text: 'Bob left Paris twice',
      given: { label: 'PER', start: 2, end: 3, text: 'Paris' },
      suggested: { label: 'LOC', start: 2, end: 3, text: 'Paris' },
      doubt: first?.doubt,
    });
    expect(second).toMatchObject({
      text: 'Anna lives in London early',
      given: null,
      suggested: { label: 'LOC', start: 3, end: 4, text: 'London' },
    });
    const doubts = report.findings.map(({ doubt }) => doubt);
    expect(doubts).toEqual([...doubts].sort((a, b) => b - a));
    expect(doubts.every((each) => each >= 0.5 && each <= 1)).toBe(true);
    const alone = await folder.mustRun(['doubt', 'corpus.conll', ...LEARN, '--json', '--workers', '1']);
    expect(alone.stdout).toBe(stdout);
  });

  test('doubts nothing where nobody has labelled', async () => {
    folder.write('half.conll', corpusWithMistakes().replace('London O', 'London ?'));
    const { stdout } = await folder.mustRun(['doubt', 'half.conll', ...QUICK, '--json']);
    const { findings }: { findings: Found[] } = JSON.parse(stdout);
    expect(findings.filter(({ text }) => text === 'Anna lives in London early')).toEqual([]);
    expect(findings.some(({ text }) => text === 'Bob left Paris twice')).toBe(true);
  });

  test('shows text with place, words and both readings, as many as told', async () => {
    const { stdout } = await folder.mustRun(['doubt', 'corpus.conll', ...QUICK, '--top', '2']);
    expect(stdout).toMatch(/labels? to look at in 24 sentences with 47 entities/);
    expect(stdout).toContain('corpus.conll:42: given PER "Paris", suggested LOC (doubt 0.');
    expect(stdout).toContain('\n      Bob left [Paris] twice\n');
    expect(stdout).toContain('nothing given, suggested LOC "London"');
    expect(stdout.match(/\(doubt /g)).toHaveLength(2);
  });

  test('writes JSON lines with all that a review needs', async () => {
    const { stderr } = await folder.mustRun(['doubt', 'corpus.conll', ...QUICK, '--to', 'jsonl', '-o', 'doubts.jsonl']);
    const lines = folder
      .read('doubts.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.find(({ id }) => id === 'corpus.conll:40')).toMatchObject({
      file: 'corpus.conll',
      line: 42,
      tokens: ['Bob', 'left', 'Paris', 'twice'],
      spans: [
        { label: 'PER', start: 0, end: 1, text: 'Bob' },
        { label: 'PER', start: 2, end: 3, text: 'Paris' },
      ],
      suggestedSpans: [
        { label: 'PER', start: 0, end: 1, text: 'Bob' },
        { label: 'LOC', start: 2, end: 3, text: 'Paris' },
      ],
    });
    expect(stderr).toContain('try rnn annotate --review doubts.jsonl');
  });

  test.each(['json', 'jsonl'])('says how many findings --top leaves out of %s', async (to) => {
    const { stdout, stderr } = await folder.mustRun(['doubt', 'corpus.conll', ...QUICK, '--to', to, '--top', '1']);
    const [, count] = /^wrote the 1 most doubtful of (\d+) findings$/m.exec(stderr) ?? [];
    expect(Number(count)).toBeGreaterThan(1);
    expect(stdout.match(/"doubt"/g)).toHaveLength(1);
    if (to === 'json') expect(JSON.parse(stdout).count).toBe(Number(count));
  });

  test('judges tags that spell no spans, and JSON lines, and stdin', async () => {
    const plain = corpusWithMistakes().replaceAll('B-', '').replaceAll(' O', ' X');
    const { stdout } = await folder.mustRun(['doubt', '-', ...QUICK, '--json'], { input: plain });
    expect(JSON.parse(stdout).findings).toContainEqual(
      expect.objectContaining({
        file: 'stdin',
        line: 42,
        given: { label: 'PER', start: 2, end: 3, text: 'Paris' },
        suggested: { label: 'LOC', start: 2, end: 3, text: 'Paris' },
      }),
    );
    const { stdout: texts } = await folder.mustRun(['convert', 'corpus.conll', '--to', 'jsonl']);
    folder.write('corpus.jsonl', texts);
    const { stdout: found } = await folder.mustRun(['doubt', 'corpus.jsonl', ...QUICK, '--to', 'jsonl']);
    expect(found).toContain('"id":"corpus.jsonl:8"');
  });

  test('writes one page that needs no other file and escapes what the corpus holds', async () => {
    folder.write(
      'hostile.conll',
      corpusWithMistakes().replaceAll('Paris', '<script>alert(1)</script>').replaceAll('LOC', 'L&<b>'),
    );
    await folder.mustRun(['doubt', 'hostile.conll', ...QUICK, '--to', 'html', '-o', 'doubts.html']);
    const html = folder.read('doubts.html');
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect(html).toContain('L&#38;&#60;b&#62;');
    expect(html).not.toMatch(/<script|<link|<b>B|src=|@import|url\(/);
    expect(html).toContain('prefers-color-scheme: dark');
  });

  test('names the lines of tokens between comments and ranges of CoNLL-U', async () => {
    let number = 0;
    const numbered = corpusWithMistakes()
      .split('\n\n')
      .map((sentence) => {
        const lines = sentence
          .trim()
          .split('\n')
          .map((line, index) => `${index + 1}\t${line.replace(' ', '\t')}`);
        return [`# sent_id = ${++number}`, lines[0], '2-3\tleftParis\t_', ...lines.slice(1)].join('\n');
      })
      .join('\n\n');
    folder.write('numbered.iob2', `${numbered}\n\n`);
    const { stdout } = await folder.mustRun(['doubt', 'numbered.iob2', ...QUICK, '--json']);
    const found = JSON.parse(stdout).findings.find(({ given }: Found) => JSON.stringify(given)?.includes('Paris'));
    expect(folder.read('numbered.iob2').split('\n')[found.line - 1]).toBe('3\tParis\tB-PER');
  });

  test('has nothing to say where nothing is labelled', async () => {
    folder.write('none.conll', 'Nobody O\nhere O\n\nNobody O\nthere O\n');
    const { stdout, stderr } = await folder.mustRun(['doubt', 'none.conll', ...QUICK]);
    expect(stdout).toBe('No label is doubtful: 2 sentences with 0 entities.\n');
    expect(stderr).toContain('no entity');
  });

  test('tells of labels that only one sentence has, which nothing can judge', async () => {
    folder.write('rare.conll', `Xanadu B-ODD\n\n${corpusWithMistakes()}`);
    const { stdout, stderr } = await folder.mustRun(['doubt', 'rare.conll', ...QUICK]);
    expect(stderr).toContain('1 span could not be judged, since its networks had not met the label: ODD (1)');
    expect(stdout).not.toContain('given ODD');
  });

  test.each([
    ['', 3, 'no sentence in it'],
    ['Anna B-PER\n', 3, 'expected at least two different sentences, found one'],
    ['Anna B-PER\n\nAnna B-PER\n', 3, 'expected at least two different sentences, found one'],
    ['{"model": 1}\n', 3, 'expected JSON of a known shape'],
  ])('refuses %j in one message', async (content, code, message) => {
    folder.write('bad.conll', content);
    const { stdout, stderr, exitCode } = await folder.rnn(['doubt', 'bad.conll', ...QUICK]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(exitCode).toBe(code);
  });

  test.each([
    [['doubt'], 'expected corpus, found nothing'],
    [['doubt', 'corpus.conll', '--folds', '1'], ': each part is judged by networks'],
    [['doubt', 'corpus.conll', '--seed', '4294967290'], 'go beyond the largest'],
    [['doubt', 'corpus.conll', '-o', 'corpus.conll'], 'corpus.conll is both read and written'],
  ])('refuses what cannot be meant: %j', async (args, message) => {
    const { stderr, exitCode } = await folder.rnn(args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
