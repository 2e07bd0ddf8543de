import { describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import type { ConllColumns } from '../../src/formats/conll.js';
import type { Refusal } from '../../src/formats/format.js';
import { REFUSED_LINE } from '../../src/formats/lines.js';
import { readConll } from '../helpers/conll.js';
import { userErrorOf } from '../helpers/user-error.js';

function errorOf(text: string, columns: ConllColumns = {}) {
  return userErrorOf(() => readConll(text, { source: 'data/train.conll', needsTags: true, ...columns }));
}

describe('a line that cannot be read is named, with what was expected and what was found', () => {
  test.each<[string, string, ConllColumns, string, string]>([
    [
      'no tag',
      'London\nParis\n',
      {},
      'data/train.conll:1: expected a token and its tag, found only "London"',
      'each line holds a token, a tab or a space, and its tag, as in "London B-LOC"',
    ],
    [
      'fewer columns than the lines before',
      'in O\nLondon B-LOC\n\nParis\n',
      {},
      'data/train.conll:4: expected 2 columns as in the lines before, found 1',
      'separate columns by one tab or by spaces, and sentences by an empty line',
    ],
    [
      'more columns than the lines before',
      '\uFEFFin\tO\r\nNew York\tB-LOC\tx\r\n',
      {},
      'data/train.conll:2: expected 2 columns as in the lines before, found 3',
      'separate columns by one tab or by spaces, and sentences by an empty line',
    ],
    [
      'an empty tag',
      'in\tO\nLondon\t\n',
      {},
      'data/train.conll:2: the tag in column 2 is empty',
      'fill it in, or remove the line',
    ],
    [
      'an empty token',
      'in\tO\n\tB-LOC\n',
      {},
      'data/train.conll:2: the token in column 1 is empty',
      'fill it in, or remove the line',
    ],
    [
      'no such column for the tag',
      'in O\n',
      { tagColumn: 5 },
      'data/train.conll:1: expected the tag in column 5, found 2 columns',
      'see --tag-column',
    ],
    [
      'no such column for the token',
      '\nin O\n',
      { tokenColumn: 3 },
      'data/train.conll:2: expected the token in column 3, found 2 columns',
      'see --token-column',
    ],
    [
      'no number in a file of numbered lines',
      '# text\n1\tOi\tO\n2\tde\tO\nola\tB-LOC\tO\n',
      {},
      'data/train.conll:4: expected a token number, found "ola"',
      'number every line, as the first one is',
    ],
    [
      'no tag beside a hashtag of the first line',
      '#first\nin O\n',
      {},
      'data/train.conll:1: expected a token and its tag, found only "#first"',
      'each line holds a token, a tab or a space, and its tag, as in "London B-LOC"',
    ],
    [
      'no tag beside a hashtag that is the whole file',
      'in O\n\n#\n',
      {},
      'data/train.conll:3: expected 2 columns as in the lines before, found 1',
      'separate columns by one tab or by spaces, and sentences by an empty line',
    ],
    [
      'hashtags alone, the last one without a tag or a line feed',
      '#a O\n#b',
      {},
      'data/train.conll:2: expected 2 columns as in the lines before, found 1',
      'separate columns by one tab or by spaces, and sentences by an empty line',
    ],
  ])('%s', (_, text, columns, message, hint) => {
    const error = errorOf(text, columns);
    expect(error.message).toBe(message);
    expect(error.hint).toBe(hint);
    expect(error.exitCode).toBe(ExitCode.badInput);
  });

  test('the line is counted over comments, empty lines and documents', () => {
    const text = '# text = a\n1\ta\tO\n\n# newdoc\n# text = b\n1\tb\n';
    expect(errorOf(text).message).toBe('data/train.conll:6: expected 3 columns as in the lines before, found 2');
    expect(errorOf('-DOCSTART- O\n\n\t\nin O\nLondon\n').message).toMatch(/^data\/train\.conll:5: /);
  });
});

test('a line that cannot be read has its own number behind and before a line that was refused', () => {
  const refused: number[] = [];
  const onRefusal = ({ line }: { readonly line: number }) => void refused.push(line);
  const text = `Anna\n${REFUSED_LINE}\nleft\n\nBob B-PER\nleft O\n`;
  const options = { source: 'c', needsTags: true, columnCount: 2, onRefusal };
  expect(readConll(text, options).map(({ line }) => line)).toEqual([5]);
  expect(refused).toEqual([1, 3]);
});

test.each<[string, ConllColumns]>([
  ['Anna\n\n', {}],
  ['Anna B-PER\n\n', { tokenColumn: 3 }],
])('a first line that cannot be read does not say how many columns the others have: %j', (first, columns) => {
  const refused: string[] = [];
  const onRefusal = ({ line, what }: Refusal) => void refused.push(`${line}: ${what}`);
  const rest = '1 x Anna B-PER\n2 x left O\n\n3 x Bob B-PER\n\n';
  const options = { source: 'c', needsTags: true, onRefusal, ...columns };
  expect(readConll(`${first}${rest}`, options).map(({ line }) => line)).toEqual([3, 6]);
  expect(refused).toEqual([expect.stringMatching(/^1: expected .* found (?:only "Anna"|2 columns)$/)]);
});

test('a message names one column in the singular', () => {
  const alone = { source: 'c', needsTags: false, tokenColumn: 2 };
  expect(userErrorOf(() => readConll('London\n', alone)).message).toBe(
    'c:1: expected the token in column 2, found 1 column',
  );
  expect(userErrorOf(() => readConll('London\nin O\n', { source: 'c', needsTags: false })).message).toBe(
    'c:2: expected 1 column as in the lines before, found 2',
  );
});
