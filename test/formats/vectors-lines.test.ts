import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VectorLines } from '../../src/formats/vectors-lines.js';
import { userErrorOf } from '../helpers/user-error.js';

/** The words and numbers of a text. */
function read(text: string): { words: string[]; numbers: number[][]; width: number } {
  const lines = new VectorLines('some.txt');
  const words: string[] = [];
  const numbers: number[][] = [];
  for (const each of text.split('\n')) {
    const line = lines.read(each);
    if (!line) continue;
    words.push(line.word);
    numbers.push([...line.parse()]);
  }
  lines.end();
  return { words, numbers, width: lines.width };
}

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const word = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => !/[ \t\r\n]/.test(text))
  .filter((text) => !Number.isFinite(Number(text)));

describe('a file of vectors', () => {
  test('is read as it was written, with a first line of its size or without', () => {
    const vectors = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.array(fc.tuple(word, fc.array(float, { minLength: width, maxLength: width })), {
        minLength: 1,
        maxLength: 9,
      }),
    );
    fc.assert(
      fc.property(vectors, fc.boolean(), fc.constantFrom(' ', '\t'), (rows, hasHead, separator) => {
        const width = rows[0][1].length;
        const lines = rows.map(([name, numbers]) => [name, ...numbers.map(String)].join(separator));
        const text = [...(hasHead ? [`${rows.length} ${width}`] : []), ...lines, ''].join('\n');
        expect(read(text)).toEqual({
          words: rows.map(([name]) => name),
          numbers: rows.map(([, numbers]) => numbers.map((number) => number + 0)),
          width,
        });
      }),
    );
  });

  test('may end its lines with spaces, as word2vec does, and with CR LF', () => {
    expect(read('2 2\r\nthe 1 2 \r\nof  3\t4\r\n\r\n')).toEqual({
      words: ['the', 'of'],
      numbers: [
        [1, 2],
        [3, 4],
      ],
      width: 2,
    });
  });

  test('may hold words with spaces, and words that are numbers', () => {
    const { words, numbers } = read('the 1 2\n. . . 3 4\n1984 5 6\n');
    expect(words).toEqual(['the', '. . .', '1984']);
    expect(numbers[1]).toEqual([3, 4]);
  });

  test('takes no number of a word for one of the vector', () => {
    expect(read('2 3\n1984 5 6 7\n- 1 2 3').words).toEqual(['1984', '-']);
  });
});

describe('what is no file of vectors is refused with its place:', () => {
  test.each([
    ['nothing', '', 'some.txt: no vectors in it'],
    ['a first line alone', '0 100\n', 'some.txt: no vectors in it'],
    ['text', 'It was\nthe best of times\n', 'some.txt:1: expected a word and its numbers, found no number'],
    [
      'too few numbers',
      'the 1 2 3\nof 1 2\n',
      'some.txt:2: expected a word and 3 numbers, as its first line has, found 2',
    ],
    [
      'too many numbers',
      'the 1 2 3\nof 1 2 3 4\n',
      'some.txt:2: expected a word and 3 numbers, as its first line has, found 4',
    ],
    ['other numbers than the first line says', '1 3\nthe 1 2\n', '2: expected a word and 3 numbers, as its first line'],
    ['no word', 'the 1 2 3\n1 2 3\n', 'some.txt:2: expected a word and 3 numbers, as its first line has, found 2'],
    ['no number', 'the 1 2 3\nof 1 x 3\n', 'some.txt:2: expected a number, found "x"'],
    ['not a number', 'the 1 2 3\nof 1 NaN 3\n', 'some.txt:2: expected a number, found "NaN"'],
    ['a number too large', 'the 1 2 3\nof 1 2e39 3\n', 'some.txt:2: expected a number, found "2e39"'],
    ['fewer words than it says', '3 2\nthe 1 2\nof 3 4\n', 'some.txt:1: the line says 3 words, but 2 follow'],
  ])('%s', (_, text, message) => {
    const error = userErrorOf(() => read(text));
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(3);
    expect(error.hint).toBeDefined();
  });
});
