import { describe, expect, test } from 'vitest';
import { findConvention, USUAL_CONVENTION } from '../../src/text/convention.js';
import { createTokenizer } from '../../src/text/tokenizer.js';

/** Sentences of a corpus, each some times. */
const corpus = (...lines: string[]) =>
  lines.flatMap((line) => new Array<{ tokens: string[] }>(30).fill({ tokens: line.split(' ') }));

describe('what a corpus cuts is found by its tokens:', () => {
  test.each([
    ['nothing shows anything', ['Ada left .'], USUAL_CONVENTION],
    ['contractions', ["It 's 7 % or $ 5"], ['contractions', 'percents', 'currencies']],
    ['none of them', ["It's 7% or $5"], []],
    [
      'hyphens and slashes',
      ['dose - related mg / kg'],
      ['contractions', 'hyphens', 'slashes', 'percents', 'currencies'],
    ],
    ['words with hyphens beside dashes', ['Ada - well-known - left'], USUAL_CONVENTION],
    ['elisions', ["l' homme qu' il a vu"], ['contractions', 'elisions', 'percents', 'currencies']],
    ['characters', ['他 來 了'], ['contractions', 'percents', 'currencies', 'characters']],
    ['words of several characters', ['然而 問題'], USUAL_CONVENTION],
  ])('%s', (_, lines, expected) => {
    expect(findConvention(corpus(...lines))).toEqual(expected);
  });
});

describe('raw text is cut as the corpus', () => {
  const cut = (text: string, ...args: Parameters<typeof createTokenizer>): string =>
    createTokenizer(...args)(text)
      .map((token) => token.text)
      .join(' ');

  test.each([
    ["It's 7% or $5.", [], "It's 7% or $5 ."],
    ["It's 7% or US$5.", USUAL_CONVENTION, "It 's 7 % or US$ 5 ."],
    [
      'a dose-related 3mg/kg (well-known)',
      ['hyphens', 'slashes'] as const,
      'a dose - related 3mg / kg ( well - known )',
    ],
    ["L'homme qu'il a d'abord vu, aujourd'hui", ['elisions'] as const, "L' homme qu' il a d' abord vu , aujourd'hui"],
    ['他來了。', ['characters'] as const, '他 來 了 。'],
    ['https://a-b.org/x/y a-b@c-d.org', ['hyphens', 'slashes'] as const, 'https://a-b.org/x/y a-b@c-d.org'],
  ])('%s', (text, convention, expected) => {
    expect(cut(text, convention)).toBe(expected);
  });

  test('a word that the corpus has keeps its full stop, hyphens and slashes', () => {
    const knows = (word: string): boolean => ['tel.', 'e/ou', 'T-Rex'].includes(word);
    expect(cut('o tel. do T-Rex e/ou a-b', ['hyphens', 'slashes'], knows)).toBe('o tel. do T-Rex e/ou a - b');
    expect(cut('o tel. do T-Rex', [])).toBe('o tel . do T-Rex');
  });
});

describe('scripts without spaces are cut into words:', () => {
  const cut = (text: string, knows?: (word: string) => boolean): string =>
    createTokenizer(
      undefined,
      knows,
    )(text)
      .map((token) => token.text)
      .join(' ');

  test.each([
    [
      'Chinese, with numbers, marks and Latin words',
      '他在2004年，去了New York。「好」',
      /^他.* 2004 年 ， .* New York 。 「 好 」$/,
    ],
    ['Japanese', '東京に行きました。', /^東京 に .*。$/],
    ['Thai', 'ภาษาไทยง่ายมาก', / /],
    ['Lao', 'ພາສາລາວງ່າຍ', / /],
    ['Khmer', 'ភាសាខ្មែរងាយស្រួល', / /],
    ['Burmese', 'မြန်မာဘာသာစကား', / /],
  ])('%s', (_, text, expected) => {
    expect(cut(text)).toMatch(expected);
    expect(cut(text).replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });

  test('a word that the corpus has not, into those that it has', () => {
    expect(cut('一個', (word) => ['一', '個'].includes(word))).toBe('一 個');
  });

  test('half a million characters without a space take time in proportion to their number', () => {
    const began = performance.now();
    createTokenizer()('然而這樣的處理也衍生了一些問題'.repeat(30_000));
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

test.each([
  ['great😀😀 👩‍👩‍👧 🇵🇹!', 'great 😀 😀 👩‍👩‍👧 🇵🇹 !'],
  ['so--he said—went', 'so -- he said — went'],
  ['mail ada.l@example.org, or #Go_2 @ada.', 'mail ada.l@example.org , or #Go_2 @ada .'],
  ['10km at 16h, 20°C', '10km at 16h , 20°C'],
  ['“Yes…” 』', '“ Yes … ” 』'],
])('emoji, dashes, addresses, hashtags and numbers with units: %s', (text, expected) => {
  expect(
    createTokenizer()(text)
      .map((token) => token.text)
      .join(' '),
  ).toBe(expected);
});
