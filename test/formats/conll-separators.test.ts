import { describe, expect, test } from 'vitest';
import { createConllReader } from '../../src/formats/conll.js';
import { readConll } from '../helpers/conll.js';

const OPTIONS = { source: 'corpus.conll', needsTags: true };

function read(text: string): string[] {
  return readConll(text, OPTIONS).map(({ tokens, tags }) =>
    tokens.map((token, index) => `${token}/${tags[index]}`).join(' '),
  );
}

describe('what ends a sentence', () => {
  test.each([
    ['an empty line', 'Anna\tB-PER\nsings\tO\n\nBye\tO\n'],
    ['a lone tab', 'Anna\tB-PER\nsings\tO\n\t\nBye\tO\n'],
    ['spaces', 'Anna\tB-PER\nsings\tO\n  \nBye\tO\n'],
    ['several such lines', '\n\t\nAnna\tB-PER\nsings\tO\n\n \n\t\n\nBye\tO\n\n\n'],
    ['CRLF', 'Anna\tB-PER\r\nsings\tO\r\n\r\nBye\tO\r\n'],
    ['CRLF after a lone tab', 'Anna\tB-PER\r\nsings\tO\r\n\t\r\nBye\tO\r\n'],
    ['the end of the file, without a line feed', 'Anna\tB-PER\nsings\tO\n\nBye\tO'],
    ['-DOCSTART-', '-DOCSTART-\tO\nAnna\tB-PER\nsings\tO\n-DOCSTART-\tO\n\nBye\tO\n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(['Anna/B-PER sings/O', 'Bye/O']);
  });

  test.each(['', '\n', '\t\n\n', '\uFEFF', '-DOCSTART- O\n\n'])('no sentence is read from %j', (text) => {
    expect(read(text)).toEqual([]);
  });
});

describe('what separates columns', () => {
  test.each([
    ['a tab', 'Anna\tB-PER\n'],
    ['a space', 'Anna B-PER\n'],
    ['several spaces, also around the line', '  Anna   B-PER \n'],
    ['other columns between token and tag', 'Anna\tNNP\tI-NP\tB-PER\n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual(['Anna/B-PER']);
  });
});

describe('a token may hold', () => {
  test.each([
    ['a no-break space', '10\u00a0000', ' '],
    ['a zero-width space', 'a\u200bb', '\t'],
    ['a zero-width no-break space at its end', 'word\ufeff', '\t'],
    ['an ideographic space', '東\u3000京', ' '],
    ['a line separator and a lone carriage return', 'a\u2028b\rc', '\t'],
    ['a space, where tabs separate', '34 470', '\t'],
    ['a quotation mark', '"', ' '],
    ['a backslash', '\\', ' '],
  ])('%s', (_, token, separator) => {
    expect(readConll(`the${separator}O\n${token}${separator}O\n`, OPTIONS)[0]?.tokens).toEqual(['the', token]);
  });

  test('nothing of the byte-order mark, which only the first line may have', () => {
    expect(read('\uFEFFAnna\tO\n')).toEqual(['Anna/O']);
    expect(read('\uFEFF# O\n')).toEqual(['#/O']);
    expect(read('Anna\tO\n\uFEFFBert\tO\n')).toEqual(['Anna/O \uFEFFBert/O']);
  });
});

describe('a hashtag is a token of a two-column corpus', () => {
  test.each([
    ['in the middle', 'the O\n#nlp O\n# O\n', 'the/O #nlp/O #/O'],
    ['in the first line', '#nlp O\nrocks O\n', '#nlp/O rocks/O'],
    ['in the first line, after a tab', '#\tO\nnlp\tO\n', '#/O nlp/O'],
    ['in every line', '# O\n## O\n#nlp O\n', '#/O ##/O #nlp/O'],
    ['in a sentence of its own', '# O\n\n', '#/O'],
    ['before a document', '# O\n-DOCSTART- O\n', '#/O'],
    ['called newdoc', '# newdoc\nthe O\n', '#/newdoc the/O'],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual([expected]);
  });

  test('and counts as a line', () => {
    expect(readConll('\n# O\n#a O\n\nb O\n', OPTIONS).map(({ line }) => line)).toEqual([2, 5]);
  });
});

describe('documents', () => {
  test('are numbered from 0 by their -DOCSTART- lines, empty ones left out', () => {
    const text = '-DOCSTART- O\n\na O\n\nb O\n\n-DOCSTART- -X- O O\n-DOCSTART- O\n\nc O\n-DOCSTART-\nd O\n';
    expect(readConll(text, OPTIONS).map(({ tokens, document }) => [tokens[0], document])).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 1],
      ['d', 2],
    ]);
  });

  test('are one where the corpus marks none', () => {
    expect(readConll('a O\n\nb O\n', OPTIONS).map(({ document }) => document)).toEqual([0, 0]);
  });

  test('do not begin at a token that begins like the mark', () => {
    expect(read('-DOCSTART-x O\n')).toEqual(['-DOCSTART-x/O']);
  });
});

test('a reader that is given line after line gives each sentence as soon as it ends', () => {
  const reader = createConllReader(OPTIONS);
  const given = ['a O', 'b O', '', '', 'c O'].map((line) => reader.push(line)?.tokens);
  expect(given).toEqual([undefined, undefined, ['a', 'b'], undefined, undefined]);
  expect(reader.end()?.tokens).toEqual(['c']);
});
