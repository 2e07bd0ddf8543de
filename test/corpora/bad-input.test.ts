import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairFile } from '../../src/checks/repair.js';
import { readCorpus } from '../../src/corpora/read-corpus.js';
import type { CorpusReading } from '../../src/formats/format.js';
import type { Sentence } from '../../src/text/sentence.js';
import { corpusFile } from '../helpers/checks.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

async function read(content: string | Uint8Array, reading: CorpusReading = {}) {
  folder.write('corpus', content);
  const corpus = await readCorpus([folder.at('corpus')], reading);
  const told = (lines: readonly string[]) => lines.map((line) => line.replaceAll(folder.at('corpus'), 'corpus'));
  return { ...corpus, refusals: told(corpus.refusals), notices: told(corpus.notices) };
}

const essence = ({ tokens, tags, line }: Sentence) => ({ tokens, tags, line });

/** For each format: good records, which are all different, and bad ones; each takes up whole lines. */
const RECORDS: Readonly<
  Record<string, readonly [good: (number: number) => string, bad: readonly (string | Buffer)[]]>
> = {
  conll: [
    (number) => `a${number}\tB-X\nb\tO\n\n`,
    [
      ...['a\tB-X\tx\n\n', 'a\tB-X\nb\t\n\n', 'lone\nb\tO\n\n', '\tO\n\n'],
      ...[Buffer.from('caf\xe9\tO\nb\tO\n\n', 'latin1'), 'a\tO\n\0\n\n', 'a\tO\nb\0c\tO\n\n'],
    ],
  ],
  jsonl: [
    (number) => `{"text":"a${number} b","spans":[{"start":0,"end":1,"label":"X"}]}\n`,
    [
      ...['{"text":"a b","spans":[{"start":0,"end":9,"label":"X"}]}\n', '{"text":"a\n', 'no JSON\n', '[1]\n', '7\n'],
      ...[Buffer.from('{"text":"caf\xe9","spans":[]}\n', 'latin1'), '\0\n', '{"text":"\0"}\n'],
    ],
  ],
  tokens: [
    (number) => `{"tokens":["a${number}","b"],"tags":["B-X","O"]}\n`,
    ['{"tokens":["a"],"tags":[]}\n', '{"tokens":["a",""],"tags":["O","O"]}\n', '{"tokens":\n', 'null\n'],
  ],
  bracket: [
    (number) => `[a${number}](X) b c\n`,
    ['[a b](X c\n', 'a ](X) b\n', '[[a](X)](X) b\n', '[](X) b\n', Buffer.from('caf\xe9 b\n', 'latin1')],
  ],
};

describe('what cannot be read is left out, and nothing else, and each is told:', () => {
  test.each(Object.keys(RECORDS))('%s', async (from) => {
    const [good, bad] = RECORDS[from] as (typeof RECORDS)[string];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constant(undefined), fc.constantFrom(...bad))), async (records) => {
        const all = [undefined, undefined, ...records, undefined].map((record, index) => record ?? good(index));
        const isGood = (index: number): boolean => index < 2 || records[index - 2] === undefined;
        // Bad records keep their lines, so that every sentence stays where it was.
        const blank = (record: string | Buffer): string => record.toString('latin1').replace(/[^\n]/g, '');
        const mixed = Buffer.concat(all.map((record) => Buffer.from(record as string)));
        const pure = all.map((record, index) => (isGood(index) ? record : blank(record))).join('');
        const { sentences, refusals } = await read(mixed, { from, keepsGoing: true });
        expect(sentences.map(essence)).toEqual((await read(pure, { from })).sentences.map(essence));
        const told = refusals.filter((line) => line.startsWith('warning: '));
        const count = told.reduce((sum, line) => sum + Number(/\d+/.exec(line)?.[0]), 0);
        expect(count).toBe(records.filter((record) => record !== undefined).length);
        const places = refusals.filter((line) => /^ {2}corpus:\d+: ./.test(line));
        expect(places.length).toBe(refusals.length - told.length);
      }),
      { numRuns: 40 },
    );
  });

  test.each(Object.keys(RECORDS))(
    'without that, an error behind the first record of %s says that it could be',
    async (from) => {
      const [good, bad] = RECORDS[from] as (typeof RECORDS)[string];
      for (const record of bad.map((bytes) => bytes.toString('latin1'))) {
        const behind = Buffer.from(good(1) + good(2) + record, 'latin1');
        await expect(read(behind, { from })).rejects.toMatchObject({ canBeLeftOut: true });
        const alone = await read(Buffer.from(record + good(1), 'latin1'), { from }).catch((error: unknown) => error);
        if (/:1: /.test(String(alone))) expect(alone).toMatchObject({ canBeLeftOut: false });
      }
    },
  );

  test.each([
    ['conll', 'a\tB-X\nb\tO\n\n', 'a\tO\n', 'long-line'],
    ['jsonl', '{"text":"a b","spans":[]}\n', '', 'broken-record'],
    ['bracket', '[a](X) b\n', '', 'broken-record'],
  ])('a line of several megabytes, in %s', async (from, record, before) => {
    const long = `${before}${'é'.repeat(1_700_000)}${from === 'conll' ? '\tO\n\n' : '\n'}`;
    for (const shift of ['', ' ', '  ']) {
      const { sentences, refusals } = await read(`${record}${shift}${long}${record}${record}`, {
        from,
        keepsGoing: true,
      });
      expect(sentences.length).toBe(3);
      expect(refusals.join('\n')).toMatch(/^warning: 1 (?:line is over 1 MB|record cannot).*\n {2}corpus:\d+: .*1 MB/);
    }
  });

  test('a record of an array, which is JSON but not of the format, not JSON, or too long', async () => {
    const good = '{"data":{"text":"Ada b"},"annotations":[{"result":[]}]}';
    const records = [
      good,
      '{"data":7,"annotations":[{"result":[]}]}',
      '{"data":"\\x"}',
      `{"data":{"text":"${'a'.repeat(1_100_000)}"}}`,
      good,
    ];
    const { sentences, refusals } = await read(`[${records.join(',\n')}]`, { from: 'label-studio', keepsGoing: true });
    expect(sentences.map(({ line }) => line)).toEqual([1, 5]);
    expect(refusals[0]).toMatch(/^warning: 3 records cannot be read/);
    expect(refusals.slice(1).map((line) => /^ {2}corpus:(\d)/.exec(line)?.[1])).toEqual(['2', '3', '4']);
  });

  test('a document of brat', async () => {
    folder.makeFolder('brat');
    for (const [name, text, annotation] of [
      ['a', 'Ada left.', 'T1\tPER 0 3\tAda\n'],
      ['b', 'Bob left.', '\nT1\tPER 0 99\tBob\n'],
    ] as const) {
      folder.write(`brat/${name}.txt`, text);
      folder.write(`brat/${name}.ann`, annotation);
    }
    const { sentences, refusals } = await readCorpus([folder.at('brat')], { keepsGoing: true });
    expect(sentences).toMatchObject([{ tokens: ['Ada', 'left', '.'], tags: ['B-PER', 'O', 'O'] }]);
    expect(refusals[0]).toMatch(/^warning: 1 record cannot be read/);
    expect(refusals[1]).toMatch(/b\.ann:2: the span PER from 0 to 99/);
  });

  test('of more than three, the first three in the order of lines', async () => {
    const { refusals } = await read(`${'a\tO\n\n'.repeat(2000)}${'a\tO\tO\n\n'.repeat(1234)}`, {
      keepsGoing: true,
    });
    expect(refusals).toEqual([
      'warning: 1,234 lines have a wrong number of columns; their sentences are left out. The first are:',
      ...[4001, 4003, 4005].map((line) => `  corpus:${line}: expected 2 columns, found 3`),
    ]);
  }, 20_000);

  test('the number of columns is that of most lines, though the first has another', async () => {
    const { sentences } = await read(`a\tb\tO\n\n${'a\tO\n\n'.repeat(3)}`, { keepsGoing: true });
    expect(sentences.length).toBe(3);
  });

  test('a corpus of which nothing is left is an error that says why', async () => {
    await expect(read('no JSON\n', { from: 'jsonl', keepsGoing: true })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        /no sentence in it\nwarning: 1 record cannot be read.*\n {2}.*corpus:1: expected JSON/,
      ),
    });
  });
});

describe('what can be repaired for certain is repaired before it is read', () => {
  test('as rnn check repairs it, with counts and lines', async () => {
    const broken = 'a \tI-X\nb\tO\n \nc\tB-X\n\n';
    const { sentences, notices } = await read(broken, { repairs: true });
    const { text } = repairFile(corpusFile(broken), {});
    expect(sentences).toEqual((await read(text)).sentences);
    expect(notices).toEqual([
      'corpus: repaired white-separator (1): lines between sentences that contain white space, line 3',
      'corpus: repaired padded-field (1): tokens and tags with spaces around them, between tabs, line 1',
      'corpus: repaired ill-formed-tag (1): tags that the scheme does not allow where they stand, line 1',
    ]);
  });

  test.each(['utf16le', 'utf16be'])('UTF-16, with a byte-order mark or without: %s', async (encoding) => {
    for (const [text, format] of [
      ['Ada\tB-PER\nschläft\tO\n\n', 'conll'],
      ['{"text":"Ada schläft","spans":[{"start":0,"end":3,"label":"PER"}]}\n', 'jsonl'],
    ] as const)
      for (const mark of ['\uFEFF', '']) {
        const little = Buffer.from(mark + text, 'utf16le');
        const { sentences, notices } = await read(encoding === 'utf16be' ? little.swap16() : little, { repairs: true });
        expect(sentences).toMatchObject([{ tokens: ['Ada', 'schläft'], tags: ['B-PER', 'O'] }]);
        expect(notices[0]).toMatch(format === 'jsonl' ? /read as jsonl/ : /repaired utf-16 \(1\)/);
      }
  });

  test('and what cannot be repaired still ends the work', async () => {
    await expect(read('a\tO\nb\tO\tO\n', { repairs: true })).rejects.toMatchObject({ exitCode: 3 });
    await expect(read(Buffer.from('caf\xe9\tO\n', 'latin1'), { repairs: true })).rejects.toMatchObject({ exitCode: 3 });
  });

  test('or is left out, if the work is to go on', async () => {
    const bytes = Buffer.from('a \tO\n\ncaf\xe9\tO\n\nb\0\tO\n\n\0\n\nc\tO\tO\n\n', 'latin1');
    const { sentences, refusals } = await read(bytes, { repairs: true, keepsGoing: true });
    expect(sentences.map(({ tokens, line }) => [tokens.join(' '), line])).toEqual([
      ['a', 1],
      ['b', 5],
    ]);
    expect(refusals.filter((line) => line.startsWith('warning')).length).toBe(3);
  });

  test('and a format without repairs says so', async () => {
    const { notices } = await read('[Ada](PER) b\nc d e\n', { repairs: true });
    expect(notices[1]).toBe('corpus: --repair mends columns and JSON lines of texts; bracket is read as it is');
  });
});

describe('the format is found', () => {
  const good = '{"text":"Ada","spans":[{"start":0,"end":3,"label":"PER"}]}\n';
  test.each([
    ['a later record shows it and the last is broken', `{"text":"a"}\n{"text":"b"}\n${good}{"text":"b`, 4],
    ['the first record is broken', `{"text":"a\n${good}${good}`, 1],
    ['the first line is no JSON', `garbage\n${good}${good}`, 1],
    [
      'the first record of an array is broken',
      `[{"text":"a\\x","label":[]},\n{"text":"Ada","label":[[0,3,"PER"]]}]`,
      1,
    ],
  ])('where %s, and the error is about the broken line', async (_, text, line) => {
    await expect(read(text)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(new RegExp(`corpus:${line}(?: \\(record 1\\))?: expected JSON \\(`)),
    });
  });
});
