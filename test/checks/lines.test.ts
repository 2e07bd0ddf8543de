import { describe, expect, test } from 'vitest';
import { found } from '../helpers/checks.js';

describe('the check goes on after a line that cannot be read:', () => {
  test('every line with a wrong number of columns is found, the first of the file too', () => {
    const text = 'title\nin\tO\n\nLondon\tB-LOC\nBig Ben\tX\tB-LOC\n\nParis\tB-LOC\n';
    expect(found(text)).toEqual([
      'wrong-columns train.conll:1: expected 2 columns, found 1: "title"',
      'wrong-columns train.conll:5: expected 2 columns, found 3: "Big Ben\\tX\\tB-LOC"',
    ]);
  });

  test('empty fields', () => {
    expect(found('in\tO\nLondon\t\n\n\tO\n\n')).toEqual([
      'no-sentence train.conll:1: no sentence in it',
      'empty-field train.conll:2: the tag in column 2 is empty: "London\\t"',
      'empty-field train.conll:4: the token in column 1 is empty: "\\tO"',
    ]);
  });

  test('a file without a sentence', () => {
    expect(found('')).toEqual(['no-sentence train.conll:1: no sentence in it']);
    expect(found('\n \n-DOCSTART- O\n', ['no-sentence'])).toHaveLength(1);
  });

  test('lines of over 1 MB, which the other commands refuse', () => {
    const long = 'é'.repeat(500_000);
    const text = `a\tO\n\n${long}\tO\nb\tB-X\n\n${' '.repeat(1_000_001)}\nc\tB-X\n`;
    expect(found(text, ['long-line', 'wrong-columns'])).toEqual([
      expect.stringMatching(/^long-line train\.conll:3: the line is over 1 MB long: "é{40}\.{3}"$/),
      expect.stringMatching(/^long-line train\.conll:6: /),
    ]);
  });

  test('NUL bytes, wherever they stand', () => {
    expect(found('a\tx\0\tO\n\nb\0\t_\tO\n')).toEqual([
      'nul-byte train.conll:1: "a\\tx\\u0000\\tO"',
      'nul-byte train.conll:3: "b\\u0000\\t_\\tO"',
    ]);
    expect(found('{"text":"a","spans":[]}\n{"text":"\0","spans":[]}\n', ['nul-byte'])).toHaveLength(1);
  });

  test('a named column that lines do not have', () => {
    expect(found('in O\n', ['wrong-columns'], { tagColumn: 3 })).toEqual([
      'wrong-columns train.conll:1: expected the tag in column 3, found 2 columns: "in O"',
    ]);
  });
});

describe('encodings:', () => {
  test('lines that are no UTF-8 are found, and the others read', () => {
    const text = Buffer.from('caf\xe9\tO\n\nna\xc3\xafve\tI-X\n\nZ\xfcrich\x85\tB-LOC\n', 'latin1');
    expect(found({ train: text }, ['wrong-encoding', 'unseen-label', 'no-sentence'])).toEqual([
      'wrong-encoding train.conll:1: windows-1252 would be "café\\tO"',
      'wrong-encoding train.conll:5: windows-1252 would be "Zürich…\\tB-LOC"',
    ]);
  });

  test.each([
    ['utf-16le', [0xff, 0xfe, 0x61, 0, 0x20, 0, 0x4f, 0, 0x0a, 0]],
    ['utf-16be', [0xfe, 0xff, 0, 0x61, 0, 0x20, 0, 0x4f, 0, 0x0a]],
  ])('%s', (name, bytes) => {
    expect(found({ train: Uint8Array.from(bytes) })).toEqual([
      `utf-16 train.conll:1: byte-order mark of ${name.toUpperCase()}`,
    ]);
  });

  test('a byte-order mark of UTF-8 is well', () => {
    expect(found('\uFEFFin\tO\n')).toEqual([]);
  });
});

describe('what other readers trip over:', () => {
  test('separators of white space', () => {
    expect(found('in\tO\n\t\nat\tO\n \n')).toEqual([
      'white-separator train.conll:2: holds "\\t"',
      'white-separator train.conll:4: holds " "',
    ]);
  });

  test('line ends that are not those of most lines', () => {
    expect(found('a\tO\nb\tO\r\nc\tO\n')).toEqual(['mixed-line-ends train.conll:2: ends in CRLF']);
    expect(found('a\tO\r\nb\tO\r\nc\tO\n')).toEqual(['mixed-line-ends train.conll:3: ends in LF']);
    expect(found('a\tO\r\nb\tO\r\nc\tO')).toEqual([]);
  });

  test('columns that are separated otherwise than most', () => {
    expect(found('a\tO\nb O\nc\tO\n')).toEqual(['mixed-separators train.conll:2: separated by spaces']);
    expect(found('a O\nb O\nc\tO\n')).toEqual(['mixed-separators train.conll:3: separated by tabs']);
  });

  test('spaces around fields are found once, and not read', () => {
    expect(found('a\tO\nb \tO\nc\t O\n')).toEqual([
      'padded-field train.conll:2: token "b "',
      'padded-field train.conll:3: tag " O"',
    ]);
  });

  test('a token that holds a space', () => {
    expect(found('New York\tB-LOC\n')).toEqual(['space-in-token train.conll:1: token "New York"']);
  });

  test('tokens that look like comments, but no comments', () => {
    expect(found('#tag\tO\n\n')).toEqual(['comment-like train.conll:1: token "#tag"']);
    expect(found('# text = a b\n1\ta\tO\n2\tb\tO\n')).toEqual([]);
  });

  test('in numbered files a token is named by its own line', () => {
    const text = '# text = x\n1-2\tdu\t_\n1\tde\tO\n# odd\n2\tle\u200b\tO\n';
    expect(found(text)).toEqual(['invisible-character train.conll:5: U+200B in "le\\u200b"']);
  });

  test('the tag of a range of tokens, unless it is that of no entity', () => {
    const text = (tag: string) => `# text = x\n1-2\tdu\t${tag}\n1\tde\tO\n2\tle\tO\n\n`;
    expect(found(text('B-LOC'))).toEqual([
      'not-held train.conll:2: the tag "B-LOC" of the range of tokens "1-2" is left out: only tokens have tags',
    ]);
    for (const tag of ['_', '-', 'O', '?']) expect(found(text(tag))).toEqual([]);
    expect(found(text('none'), [], { outside: 'none' })).toEqual([]);
  });
});
