import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPairs } from '../../src/formats/pairs.js';
import { userErrorOf } from '../helpers/user-error.js';

describe('pairs', () => {
  test('have the token first, gold and predicted tag last, whatever stands between', () => {
    expect(readPairs('Ada x y B-PER O\n. x y O O\n\n\nBob x y B-PER B-PER\n', 'pairs.conll')).toEqual([
      { tokens: ['Ada', '.'], gold: ['B-PER', 'O'], predicted: ['O', 'O'], line: 1 },
      { tokens: ['Bob'], gold: ['B-PER'], predicted: ['B-PER'], line: 5 },
    ]);
  });

  test('may be separated by tabs, end lines with CRLF and begin with a byte-order mark', () => {
    expect(readPairs('\uFEFFNew York\tB-LOC\tO\r\n \t\r\nx\tO\tO', 'p')).toEqual([
      { tokens: ['New York'], gold: ['B-LOC'], predicted: ['O'], line: 1 },
      { tokens: ['x'], gold: ['O'], predicted: ['O'], line: 3 },
    ]);
  });

  test('have the token where they are told', () => {
    expect(readPairs('1 Ada B-PER O\n', 'p', 2)[0]?.tokens).toEqual(['Ada']);
  });

  test('count a -DOCSTART- with tags as a token, as the conlleval script does', () => {
    expect(readPairs('-DOCSTART- O O\n\n# O O\n', 'p').map(({ tokens }) => tokens)).toEqual([['-DOCSTART-'], ['#']]);
  });

  test('are refused with both line numbers where a line is ragged', () => {
    expect(userErrorOf(() => readPairs('\na O O\nb O\n', 'p')).message).toBe(
      'p:3: expected 3 columns as in line 2, found 2',
    );
  });

  test.each([
    ['London B-LOC\n', 'p:1: expected a token, a gold and a predicted tag, found 2 columns'],
    ['London\n', 'p:1: expected a token, a gold and a predicted tag, found 1 column'],
    ['a\tO\tO\nb\tO\t\n', 'p:2: the token or one of its tags is empty'],
    ['', 'p: no sentence in it'],
    ['\n \n', 'p: no sentence in it'],
  ])('%j is refused: %s', (text, message) => {
    const error = userErrorOf(() => readPairs(text, 'p'));
    expect([error.message, error.exitCode]).toEqual([message, 3]);
  });

  test('are read back as they were written', () => {
    const word = fc
      .string({ unit: fc.constantFrom('a', 'é', '\u00a0', '#', '-', '"'), minLength: 1, maxLength: 4 })
      .map((text) => `w${text}`);
    const rows = fc.array(fc.array(fc.tuple(word, word, word), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(' ', '\t', '  '),
        fc.constantFrom('\n', '\r\n'),
        (sentences, separator, feed) => {
          const text = sentences.map((lines) => lines.map((line) => line.join(separator) + feed).join('')).join(feed);
          const read = readPairs(text, 'p');
          expect(
            read.map(({ tokens, gold, predicted }) => tokens.map((token, t) => [token, gold[t], predicted[t]])),
          ).toEqual(sentences);
        },
      ),
    );
  });
});
