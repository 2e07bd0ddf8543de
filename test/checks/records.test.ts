import { describe, expect, test } from 'vitest';
import { checkReport } from '../../src/reports/check-report.js';
import { checkCorpus, corpusFile, found } from '../helpers/checks.js';

/** A record a line, each a text with spans of start, end and label. */
function jsonl(
  ...records: readonly (readonly [text: string, ...spans: (readonly [number, number, string])[]])[]
): string {
  return records
    .map(
      ([text, ...spans]) =>
        `${JSON.stringify({ text, spans: spans.map(([start, end, label]) => ({ start, end, label })) })}\n`,
    )
    .join('');
}

describe('texts with spans:', () => {
  test('offsets that do not fall on tokens', () => {
    expect(found(jsonl(['Hello.'], ['In Londoners.', [3, 9, 'LOC']]))).toEqual([
      'offset-in-token train.conll:2: a span begins or ends inside "Londoners", which is cut into "London" and "ers"',
    ]);
  });

  test('spans that overlap', () => {
    expect(found(jsonl(['Anna Smith left.', [0, 10, 'PER'], [5, 10, 'PER']]))).toEqual([
      expect.stringContaining('overlapping-span train.conll:1: PER "Smith" (5 to 10) overlaps'),
    ]);
  });

  test('spans that begin or end in white space', () => {
    expect(found(jsonl(['Anna left.', [0, 5, 'PER']]))).toEqual([expect.stringContaining('span-edge train.conll:1: ')]);
  });

  test('the check goes on after a record that cannot be read', () => {
    const text = `${jsonl(['Hi.', [0, 2, 'X']])}{"text":"cut\n${jsonl(['Anna left.', [0, 99, 'PER']], ['In Londoners.', [3, 9, 'X']])}`;
    expect(found(text).map((each) => each.slice(0, 60))).toEqual([
      expect.stringMatching(/^broken-record train\.conll:2: expected JSON/),
      expect.stringMatching(/^broken-record train\.conll:3: the span/),
      expect.stringMatching(/^offset-in-token train\.conll:4: /),
    ]);
  });

  test('a record of an array is named, of which a line may hold several', () => {
    const result = [{ type: 'labels', value: { start: 0, end: 3, labels: ['PER'] } }];
    const records = [{ text: 'Ada left.' }, { text: 'Ada came.' }, 7].map((data) => ({
      data,
      annotations: [{ result }],
    }));
    const checked = checkCorpus({ train: [corpusFile(JSON.stringify(records))] }, {});
    const finding = checked.findings.find(({ kind }) => kind === 'broken-record');
    expect(finding).toMatchObject({ files: [{ places: [{ line: 1, record: 3 }] }] });
    expect(checkReport(checked, 3)).toContain('\n  train.conll:1 (record 3): expected ');
  });

  test('the advice for what stops other commands names --keep-going', () => {
    for (const text of ['{"text":"a","spans":[]}\nno JSON\n', 'a\tO\nb\tO\tx\n', 'a\tO\nb\t\n', 'a\tO\nb\0\tO\n']) {
      const stopping = checkCorpus({ train: [corpusFile(text)] }, {}).findings.filter(({ advice }) =>
        advice.includes('other commands stop'),
      );
      expect(stopping).toHaveLength(1);
      expect(stopping[0]?.advice).toContain('--keep-going');
    }
  });

  test('labels and sentences as in columns', () => {
    const text = jsonl(['Rome won.', [0, 4, 'LOC']], ['Rome won.', [0, 4, 'ORG']]);
    expect(found(text, ['conflicting-duplicate'])).toEqual([
      'conflicting-duplicate train.conll:2: "Rome" is B-ORG, and B-LOC in line 1',
    ]);
  });
});

test('lists of tokens and tags', () => {
  const text =
    '{"tokens":["Ada","left"],"tags":["B-PER","O"]}\n{"tokens":["Bob"],"tags":["B-PER","O"]}\n{"tokens":["Cid","x"],"tags":["O","I-PER"]}\n';
  expect(found(text)).toEqual([
    'broken-record train.conll:2: expected as many tags as tokens, found 2 tags and 1 tokens',
    'ill-formed-tag train.conll:3: I-PER of "x", expected B-PER',
  ]);
});
