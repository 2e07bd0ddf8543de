import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

/** A corpus with everything that a careless writer would change. */
const CORPUS =
  '\uFEFFAnna NNP   O\r\nleft  VBD O\r\nSão NNP B-PER\r\nPaulo NNP I-PER \r\n\r\n \t\nBob\tNNP\tB-PER\r\n#tag\tNN\tO\nnow\tRB\tO';

function decide(...decisions: readonly object[]): void {
  folder.write('decided.jsonl', decisions.map((decision) => `${JSON.stringify(decision)}\n`).join(''));
}

async function apply(file: string, ...options: readonly string[]): Promise<string> {
  const { stderr } = await folder.mustRun(['doubt', file, '--apply', 'decided.jsonl', ...options]);
  return stderr;
}

describe('rnn doubt --apply', () => {
  test('changes the tags that a person decided, and not a byte beside them', async () => {
    const corpus = CORPUS.replace(' \r\n\r\n', '\r\n\r\n').replace('NNP   O', 'NNP O');
    folder.write('corpus.conll', corpus);
    decide(
      {
        id: 'corpus.conll:1',
        tokens: ['Anna', 'left', 'São', 'Paulo'],
        spans: [
          { label: 'PER', start: 0, end: 1 },
          { label: 'LOC', start: 2, end: 4 },
        ],
        answer: 'accept',
      },
      { id: 'corpus.conll:7', tokens: ['Bob', '#tag', 'now'], spans: [], answer: 'skip' },
    );
    const stderr = await apply('corpus.conll');
    const expected = corpus
      .replace('Anna NNP O', 'Anna NNP B-PER')
      .replace('B-PER\r\nPaulo NNP I-PER', 'B-LOC\r\nPaulo NNP I-LOC');
    expect(folder.read('corpus.conll')).toBe(expected);
    expect(folder.read('corpus.conll.bak')).toBe(corpus);
    expect(stderr).toContain('1 sentence corrected, 1 skipped');
    expect(await apply('corpus.conll', '-o', 'again.conll')).toContain(
      '0 sentences corrected, 1 as the corpus has it, 1 skipped',
    );
    expect(folder.read('again.conll')).toBe(expected);
  });

  test('takes records of texts as rnn annotate writes them, and the last of a sentence', async () => {
    folder.write('corpus.conll', 'Bob B-PER\nleft O\nParis B-PER\n\nOslo O\n');
    const record = {
      id: 'corpus.conll:1',
      text: 'Bob left  Paris',
      tokens: [
        { text: 'Bob', start: 0, end: 3 },
        { text: 'left', start: 4, end: 8 },
        { text: 'Paris', start: 10, end: 15 },
      ],
      answer: 'accept',
      order: 3,
    };
    decide(
      { ...record, spans: [] },
      { ...record, spans: [{ label: 'LOC', start: 10, end: 15, text: 'Paris' }] },
      { id: './corpus.conll:5', text: 'Oslo', spans: [{ label: 'LOC', start: 0, end: 4 }], answer: 'accept' },
    );
    const { stdout } = await folder.mustRun(['doubt', 'corpus.conll', '--apply', 'decided.jsonl', '-o', '-']);
    expect(stdout).toBe('Bob O\nleft O\nParis B-LOC\n\nOslo B-LOC\n');
    expect(folder.names()).not.toContain('corpus.conll.bak.bak');
  });

  test('keeps a corpus that is corrected twice as it was at first', async () => {
    folder.write('twice.conll', 'Ann O\nleft O\n\nOslo O\n');
    const accept = (line: number, tokens: readonly string[], label: string): void =>
      decide({ id: `twice.conll:${line}`, tokens, spans: [{ label, start: 0, end: 1 }], answer: 'accept' });
    accept(1, ['Ann', 'left'], 'PER');
    await folder.mustRun(['doubt', 'twice.conll', '--apply', 'decided.jsonl']);
    accept(4, ['Oslo'], 'LOC');
    const { stderr } = await folder.mustRun(['doubt', 'twice.conll', '--apply', 'decided.jsonl']);
    expect(stderr).toContain('twice.conll.bak was there before, and stays as it is');
    expect(folder.read('twice.conll')).toBe('Ann B-PER\nleft O\n\nOslo B-LOC\n');
    expect(folder.read('twice.conll.bak')).toBe('Ann O\nleft O\n\nOslo O\n');
  });

  test('keeps schemes: IOB1 where spans touch, BILOU, pairs of CoNLL-U, tags alone', async () => {
    const accept = (file: string, tokens: readonly string[], spans: readonly object[]): void =>
      decide({ id: `${file}:1`, tokens, spans, answer: 'accept' });
    folder.write('one.conll', 'Ann I-PER\nBob I-PER\nhere O\n\nOslo I-LOC\n');
    accept(
      'one.conll',
      ['Ann', 'Bob', 'here'],
      [
        { label: 'PER', start: 0, end: 1 },
        { label: 'PER', start: 1, end: 2 },
      ],
    );
    await apply('one.conll');
    expect(folder.read('one.conll')).toBe('Ann I-PER\nBob B-PER\nhere O\n\nOslo I-LOC\n');

    folder.write('two.conll', 'Ann B-PER\nBob L-PER\n\nOslo U-LOC\n');
    accept('two.conll', ['Ann', 'Bob'], [{ label: 'PER', start: 1, end: 2 }]);
    await apply('two.conll');
    expect(folder.read('two.conll')).toBe('Ann O\nBob U-PER\n\nOslo U-LOC\n');

    const row = (number: number, token: string, misc: string): string =>
      `${number}\t${token}${'\t_'.repeat(7)}\t${misc}\n`;
    folder.write(
      'three.conllu',
      `# text = Ann went\n${row(1, 'Ann', 'SpaceAfter=No|NER=B-PER')}${row(2, 'went', '_')}\n`,
    );
    decide({
      id: 'three.conllu:2',
      tokens: ['Ann', 'went'],
      spans: [{ label: 'LOC', start: 1, end: 2 }],
      answer: 'accept',
    });
    await apply('three.conllu');
    expect(folder.read('three.conllu')).toBe(
      `# text = Ann went\n${row(1, 'Ann', 'SpaceAfter=No|NER=O')}${row(2, 'went', 'NER=B-LOC')}\n`,
    );

    folder.write('four.conll', 'run\tNN\n\nthe\tDT\n');
    accept('four.conll', ['run'], [{ label: 'VB', start: 0, end: 1 }]);
    await apply('four.conll');
    expect(folder.read('four.conll')).toBe('run\tVB\n\nthe\tDT\n');
  });

  test('changes records of JSON lines in their place', async () => {
    folder.write(
      'tokens.jsonl',
      '{ "x": [1, "]"], "tokens": ["Bob","left"], "tags" : ["O" , "O"] }\n{"tokens":["a"],"tags":["B-PER"]}\n',
    );
    decide({
      id: 'tokens.jsonl:1',
      tokens: ['Bob', 'left'],
      spans: [{ label: 'PER', start: 0, end: 1 }],
      answer: 'accept',
    });
    await apply('tokens.jsonl');
    expect(folder.read('tokens.jsonl')).toBe(
      '{ "x": [1, "]"], "tokens": ["Bob","left"], "tags" : ["B-PER" , "O"] }\n{"tokens":["a"],"tags":["B-PER"]}\n',
    );
    folder.write(
      'texts.jsonl',
      '{"note": 1.0, "text": "Bob left. \\u00c9va met Ann.", "spans": [{"start": 0, "end": 3, "label": "LOC"}, {"start": 18, "end": 21, "label": "PER", "by": "me"}]}\n',
    );
    decide({
      id: 'texts.jsonl:1',
      tokens: ['Bob', 'left', '.'],
      spans: [{ label: 'PER', start: 0, end: 1 }],
      answer: 'accept',
    });
    await apply('texts.jsonl');
    expect(folder.read('texts.jsonl')).toBe(
      '{"note": 1.0, "text": "Bob left. \\u00c9va met Ann.", "spans": [{"label":"PER","start":0,"end":3}, {"start": 18, "end": 21, "label": "PER", "by": "me"}]}\n',
    );
    decide({
      id: 'texts.jsonl:1#2',
      text: 'Éva met Ann.',
      spans: [{ label: 'PER', start: 0, end: 3 }],
      answer: 'accept',
    });
    await apply('texts.jsonl');
    expect(JSON.parse(folder.read('texts.jsonl')).spans).toEqual([
      { start: 0, end: 3, label: 'PER' },
      { start: 10, end: 13, label: 'PER' },
    ]);
  });

  test('refuses records whose offsets it would misread', async () => {
    const record = { text: '😀 Bob left', spans: [{ start: 2, end: 5, label: 'LOC', text: 'Bob' }] };
    folder.write('points.jsonl', `${JSON.stringify(record)}\n`);
    decide({
      id: 'points.jsonl:1',
      tokens: ['😀', 'Bob', 'left'],
      spans: [{ label: 'PER', start: 1, end: 2 }],
      answer: 'accept',
    });
    const { stderr, exitCode } = await folder.rnn(['doubt', 'points.jsonl', '--apply', 'decided.jsonl']);
    expect(stderr).toContain('the record has spans that do not begin and end where tokens do');
    expect(exitCode).toBe(3);
    const told = await folder.rnn(['doubt', 'points.jsonl', '--apply', 'decided.jsonl', '--offsets', 'codepoints']);
    expect(told.stderr).toContain('not code points');
    expect(told.exitCode).toBe(2);
    expect(folder.read('points.jsonl')).toBe(`${JSON.stringify(record)}\n`);
  });

  test('names every decision that does not fit, and writes nothing', async () => {
    const corpus = 'Bob B-PER\nleft O\n\nOslo O\n';
    folder.write('misfit.conll', corpus);
    const good = {
      id: 'misfit.conll:4',
      tokens: ['Oslo'],
      spans: [{ label: 'LOC', start: 0, end: 1 }],
      answer: 'accept',
    };
    decide(
      good,
      { ...good, id: 'misfit.conll:3' },
      { ...good, id: 'misfit.conll:1' },
      { id: 'misfit.conll:1', text: 'Rob left', spans: [], answer: 'accept' },
      { ...good, unlabelled: [{ start: 0, end: 4 }] },
    );
    const { stderr, exitCode } = await folder.rnn(['doubt', 'misfit.conll', '--apply', 'decided.jsonl']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('3 decisions cannot be applied:');
    expect(stderr).toContain('decided.jsonl:2: no sentence begins at misfit.conll:3');
    expect(stderr).toContain(
      'decided.jsonl:4: misfit.conll:1: expected the tokens "Bob left" in the text, found "Rob left"',
    );
    expect(stderr).toContain('decided.jsonl:5: misfit.conll:4: a part of the text is "unlabelled"');
    expect(folder.read('misfit.conll')).toBe(corpus);
    expect(folder.names()).not.toContain('misfit.conll.bak');
  });

  test('leaves no token of an accepted sentence unknown', async () => {
    folder.write('open.conll', 'Bob B-PER\nmet ?\nAnn ?\n\nOslo ?\nsank ?\n\nEve ?\n');
    const bob = { label: 'PER', start: 0, end: 1 };
    decide(
      {
        id: 'open.conll:1',
        tokens: ['Bob', 'met', 'Ann'],
        spans: [bob, { ...bob, start: 2, end: 3 }],
        answer: 'accept',
      },
      { id: 'open.conll:5', tokens: ['Oslo', 'sank'], spans: [], answer: 'accept' },
      { id: 'open.conll:8', tokens: ['Eve'], spans: [], answer: 'skip' },
    );
    expect(await apply('open.conll')).toContain('2 sentences corrected, 1 skipped');
    expect(folder.read('open.conll')).toBe('Bob B-PER\nmet O\nAnn B-PER\n\nOslo O\nsank O\n\nEve ?\n');
    expect(await apply('open.conll')).toContain('0 sentences corrected, 2 as the corpus has it, 1 skipped');

    const text = 'Bob left. Ann met Eve.';
    folder.write(
      'open.jsonl',
      `${JSON.stringify({ text, spans: [{ ...bob, end: 3 }], unlabelled: [{ start: 4, end: 22 }] })}\n`,
    );
    decide({ id: 'open.jsonl:1', tokens: ['Bob', 'left', '.'], spans: [bob], answer: 'accept' });
    await apply('open.jsonl');
    expect(JSON.parse(folder.read('open.jsonl'))).toEqual({
      text,
      spans: [{ ...bob, end: 3 }],
      unlabelled: [{ start: 9, end: 22 }],
    });
    decide({ id: 'open.jsonl:1#2', text: 'Ann met Eve.', spans: [{ ...bob, end: 3 }], answer: 'accept' });
    await apply('open.jsonl');
    expect(JSON.parse(folder.read('open.jsonl')).unlabelled).toEqual([]);
    expect(JSON.parse(folder.read('open.jsonl')).spans).toHaveLength(2);

    folder.write('open.pos', 'run X\nfast RB\n');
    decide({
      id: 'open.pos:1',
      tokens: ['run', 'fast'],
      spans: [{ label: 'JJ', start: 1, end: 2 }],
      answer: 'accept',
    });
    expect(await apply('open.pos', '--unknown-tag', 'X')).toContain(
      'warning: 1 token of accepted sentences got no tag',
    );
    expect(folder.read('open.pos')).toBe('run X\nfast JJ\n');
  });

  test('leaves decisions about other files out, and says how many', async () => {
    folder.write('here.conll', 'Oslo O\n\nOslo B-LOC\n');
    const oslo = { tokens: ['Oslo'], spans: [{ label: 'LOC', start: 0, end: 1 }], answer: 'accept' };
    decide(
      { ...oslo, id: 'there.conll:1' },
      { ...oslo, id: './here.conll:1' },
      { ...oslo, id: 'there.conll:5#2', answer: 'skip' },
    );
    const stderr = await apply('here.conll');
    expect(stderr).toContain('warning: 2 decisions left out, about other files: there.conll (2)');
    expect(stderr).toContain('1 sentence corrected\n');
    expect(folder.read('here.conll')).toBe('Oslo B-LOC\n\nOslo B-LOC\n');
  });

  test.each([
    [[{ label: 'PER', start: 0, end: 3 }], 'a span does not begin and end where tokens do'],
    [[{ label: 'PER', start: 1, end: 1 }], 'a span does not begin and end where tokens do'],
    [[{ label: 'PER', start: 0, end: 1, text: 'Rob' }], 'is not the text that it names'],
    [
      [
        { label: 'PER', start: 0, end: 2 },
        { label: 'LOC', start: 1, end: 2 },
      ],
      'overlaps another span',
    ],
    [[{ start: 0, end: 2 }], 'expected a text as a label'],
    ['PER', 'expected a list as "spans"'],
  ])('refuses spans that are none: %j', async (spans, message) => {
    folder.write('bad.conll', 'Bob B-PER\nleft O\n');
    decide({ id: 'bad.conll:1', tokens: ['Bob', 'left'], spans, answer: 'accept' });
    const { stderr, exitCode } = await folder.rnn(['doubt', 'bad.conll', '--apply', 'decided.jsonl']);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(3);
    expect(folder.read('bad.conll')).toBe('Bob B-PER\nleft O\n');
  });

  test.each([
    ['{"id":"a:1","spans":[]}', 3, 'expected "accept" or "skip" as "answer", found nothing'],
    ['{"answer":"accept","spans":[]}', 3, 'expected the sentence as "id"'],
    ['{"id":"a:1"', 3, 'decided.jsonl:1'],
    ['[]', 0, '0 sentences corrected'],
    ['', 0, '0 sentences corrected'],
  ])('reads decisions of any content: %s', async (content, code, message) => {
    folder.write('fine.conll', 'Bob B-PER\nleft O\n');
    folder.write('decided.jsonl', content);
    const { stderr, exitCode } = await folder.rnn(['doubt', 'fine.conll', '--apply', 'decided.jsonl']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(code);
  });

  test('refuses what it cannot correct in one message', async () => {
    decide({ id: 'fine.conll:1', tokens: ['Bob', 'left'], spans: [], answer: 'accept' });
    folder.write('fine.conll', 'Bob B-PER\nleft O\n');
    folder.write('packed.conll.gz', gzipSync('Bob B-PER\nleft O\n'));
    folder.write('brackets.txt', '[Bob](PER) left\n');
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [['packed.conll.gz'], 'unpack it first: gunzip packed.conll.gz'],
      [['-'], 'stdin is no file that can be corrected'],
      [['brackets.txt', '--from', 'bracket'], 'rnn convert brackets.txt --to jsonl'],
      [['fine.conll', 'brackets.txt', '-o', 'out.conll'], '-o names one file'],
      [['fine.conll', '--top', '3'], '--apply finds no doubts, and --top is about them'],
      [['fine.conll', '--epochs', '3'], '--apply finds no doubts, and --epochs is about them'],
      [['fine.conll', '-o', 'fine.conll'], 'fine.conll is both read and written'],
    ];
    for (const [args, message] of refusals) {
      const { stderr, exitCode } = await folder.rnn(['doubt', ...args, '--apply', 'decided.jsonl']);
      expect(stderr).toContain(message);
      expect(exitCode).toBe(2);
    }
  });
});
