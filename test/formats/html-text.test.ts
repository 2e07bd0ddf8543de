import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExitCode, UserError } from '../../src/errors.js';
import { type HtmlPlace, readHtml } from '../../src/formats/html-text.js';

const shown = (html: string, start: number, end: number, shownAs: HtmlPlace = 'page'): string | undefined => {
  const { text, shownRange } = readHtml(html, shownAs, 'export.json:1');
  const range = shownRange(start, end);
  return range && text.slice(range.start, range.end);
};

describe('characters are counted as Label Studio counts them:', () => {
  const japanese =
    '<!DOCTYPE html>\n<html lang="ja">\n<head>\n  <meta charset="UTF-8">\n  <title>サンプル</title>\n</head>\n<body>\n\n    <h1>こんにちは！</h1>\n    <p>これはサンプルです。</p>\n\n</body>\n</html>\n';

  test.each<[string, string, number, number, string]>([
    ['those of the body alone', japanese, 6, 12, 'こんにちは！'],
    ['white space between elements too', japanese, 6, 27, 'こんにちは！\n\nこれはサンプルです。'],
    ['a line break as one', 'a<br>b\nc', 2, 5, 'b c'],
    ['an emoji as one', '<p>🐱\nmeans cat</p>', 8, 11, 'cat'],
    ['what an entity stands for', '<p>Marks &amp; Spencer &lt;Ltd&gt; &eacute;</p>', 8, 15, 'Spencer'],
    ['CRLF as one', '<p>Ada\r\nmet Bob</p>', 8, 11, 'Bob'],
    ['nothing of scripts and comments', '<p>Ada<!-- the first --><script>let met;</script> Bob</p>', 4, 7, 'Bob'],
    ['a style sheet in the body', '<p>Ada</p><style>p{}</style>Bob', 6, 9, 'Bob'],
    ['what is written in a field', '<p>Ada</p><textarea>hm</textarea>Bob', 5, 8, 'Bob'],
    ['an element with the attribute hidden', '<p>Ada</p><p hidden>hm</p>Bob', 5, 8, 'Bob'],
    ['a plain text', 'Ada met Bob', 8, 11, 'Bob'],
  ])('%s', (_, html, start, end, expected) => {
    expect(shown(html, start, end)).toBe(expected);
  });

  test('emojis as two in UTF-16 units, which no range cuts', () => {
    const { text, shownRange } = readHtml('<p>🐱\nmeans <b>🦋cat</b></p>', 'page', '', 'utf16');
    const taken = (start: number, end: number) => {
      const range = shownRange(start, end);
      return range && text.slice(range.start, range.end);
    };
    expect([taken(0, 2), taken(9, 11), taken(11, 14)]).toEqual(['🐱', '🦋', 'cat']);
    expect([taken(0, 1), taken(1, 5), taken(9, 10), taken(10, 14)]).toEqual(Array(4).fill(undefined));
  });

  test('white space before the first element only where the HTML is part of another page', () => {
    expect(shown('\n  <p>Ada</p>', 0, 3, 'page')).toBe('Ada');
    expect(shown('\n  <p>Ada</p>', 3, 6, 'inline')).toBe('Ada');
  });

  test('a range of nothing that is shown, or beyond the page, is none', () => {
    const html = '<p>Ada</p>\n<style>x</style>';
    for (const [start, end] of [
      [3, 4],
      [4, 5],
      [2, 2],
      [2, 1],
      [0, 6],
      [90, 99],
    ] as const)
      expect(shown(html, start, end)).toBeUndefined();
  });
});

describe('a path leads to', () => {
  const html = '<div>one<b>two</b> three</div><div><p>four<br>five</p></div>';

  test.each<[string, number | undefined]>([
    ['/div[1]/text()[1]', 0],
    ['/div[1]/b[1]/text()[1]', 3],
    ['/div[1]/text()[2]', 6],
    ['/div[2]/p[1]/text()[2]', 17],
    ['./div[2]/p', 12],
    ['/DIV[2]/P[1]/text()[1]', 12],
    ['/div[3]', undefined],
    ['/div[2]/p[1]/text()[3]', undefined],
    ['', undefined],
    ['//p', undefined],
  ])('%s: %s', (path, count) => {
    expect(readHtml(html, 'page', '').countAt(path)).toBe(count);
  });

  test('what a table has after browsers have completed it', () => {
    const { countAt } = readHtml('<table><tr><td>a</td><td>b</td></tr></table>', 'page', '');
    expect(countAt('/table[1]/tbody[1]/tr[1]/td[2]/text()[1]')).toBe(1);
  });
});

describe('the text', () => {
  test.each([
    ['<h1>Title</h1><p>Ada\n  met <b>Bob</b>.</p><p>She left.</p>', 'Title\n\nAda met Bob.\n\nShe left.'],
    ['<ul><li>Ada</li><li>Bob</li></ul>', 'Ada\nBob'],
    ['<table><tr><td>Ada</td><td>Turin</td></tr><tr><td>Bob</td></tr></table>', 'Ada\tTurin\nBob'],
    ['<div>a<br>b<br><br>c</div>', 'a\nb\n\nc'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['a<title>no</title><textarea>no</textarea><noscript>no</noscript>b', 'ab'],
    ['', ''],
  ])('of %j is what a browser shows', (html, text) => {
    expect(readHtml(html, 'inline', '').text).toBe(text);
  });
});

/** HTML, and the words in it with the counts at which they begin. */
interface Piece {
  readonly html: string;
  readonly count: number;
  readonly words: readonly { readonly word: string; readonly start: number }[];
}

const NOTHING: Piece = { html: '', count: 0, words: [] };
const join = (pieces: readonly Piece[]): Piece =>
  pieces.reduce(
    (all, { html, count, words }) => ({
      html: all.html + html,
      count: all.count + count,
      words: [...all.words, ...words.map(({ word, start }) => ({ word, start: start + all.count }))],
    }),
    NOTHING,
  );

/** Written forms of words, and what they say. */
const SPELLINGS = { Ada: 'Ada', 'a&amp;b': 'a&b', '🤞': '🤞', '&#x6f22;': '漢', é: 'é' };
const { piece } = fc.letrec<{ piece: Piece }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...Object.entries(SPELLINGS)).map(([html, word]) => ({
      html,
      count: [...word].length,
      words: [{ word, start: 0 }],
    })),
    fc.constantFrom(' ', '\n', '\t').map((html) => ({ html, count: 1, words: [] })),
    fc.constantFrom('<br>', '<br/>').map((html) => ({ html, count: 1, words: [] })),
    fc.constantFrom('<!-- x -->', '<script>x</script>', '<img src="x">').map((html) => ({ ...NOTHING, html })),
    fc
      .tuple(fc.constantFrom('div', 'b', 'span', 'section'), fc.array(tie('piece'), { maxLength: 4 }))
      .map(([name, inner]) => {
        const all = join(inner);
        return { ...all, html: `<${name} class="x">${all.html}</${name}>` };
      }),
  ),
}));

test('every word of a page is where it is counted, and stands in the text in order', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }).map(join), ({ html, words }) => {
      const { text, shownRange } = readHtml(html, 'inline', '');
      let end = 0;
      for (const { word, start } of words) {
        const range = shownRange(start, start + [...word].length);
        expect(range && text.slice(range.start, range.end)).toBe(word);
        expect(range?.start).toBeGreaterThanOrEqual(end);
        end = range?.end ?? 0;
      }
      expect(text.replace(/\s/g, '')).toBe(words.map(({ word }) => word).join(''));
      expect(text).toBe(text.trim());
    }),
    { numRuns: 300 },
  );
});

test('whatever the HTML, it is read', () => {
  const pieces = [
    '<',
    '>',
    '</',
    '<p>',
    '<b>',
    '<table>',
    '<td>',
    '&',
    '&amp;',
    '&#',
    '<!--',
    '-->',
    'a',
    '\0',
    '<svg>',
    '<a>',
  ];
  const html = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((some) => some.join(''));
  fc.assert(
    fc.property(html, fc.constantFrom<HtmlPlace>('page', 'inline'), (some, shownAs) => {
      const { text, shownRange } = readHtml(some, shownAs, 'x:1');
      for (let start = 0; start < 8; start++) {
        const range = shownRange(start, start + 3);
        if (range) expect(text.slice(range.start, range.end).trim()).not.toBe('');
      }
    }),
    { numRuns: 500 },
  );
});

test.each(['<div>', '<b id=#>', '<p><b id=#>', '<table><tr><td>', '<a><p>'])(
  'a page of 100,000 times %s takes little time, and is refused if it is too deep',
  (element) => {
    const began = performance.now();
    const html = Array.from({ length: 100_000 }, (_, index) => element.replace('#', String(index))).join('');
    try {
      readHtml(html, 'page', 'x:1');
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({
        exitCode: ExitCode.badInput,
        message: expect.stringMatching(/^x:1: the HTML is nested deeper than 512 elements/),
      });
    }
    expect(performance.now() - began).toBeLessThan(5000);
  },
);
