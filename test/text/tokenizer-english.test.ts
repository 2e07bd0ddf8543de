import { describe, expect, test } from 'vitest';
import { tokenize } from '../../src/text/tokenizer.js';

/** Tokens separated by spaces, as the cases below are written. */
function cut(text: string): string {
  return tokenize(text)
    .map((token) => token.text)
    .join(' ');
}

describe('punctuation leaves the word that it stands at', () => {
  test.each([
    ['Anna lives in London.', 'Anna lives in London .'],
    ['London, Paris; Rome: all three!', 'London , Paris ; Rome : all three !'],
    ['He said "no" (twice).', 'He said " no " ( twice ) .'],
    ['“Quoted” and «cité»', '“ Quoted ” and « cité »'],
    ["'single' quotes", "' single ' quotes"],
    ['¿Dónde está?', '¿ Dónde está ?'],
    ['[a](b)', '[ a](b )'],
    ['what?! really!!!', 'what ?! really !!!'],
    ['!!!stop', '!!! stop'],
    ['wait... what', 'wait ... what'],
    ['...and so on', '... and so on'],
    ['It cost $5, €6 or 7%.', 'It cost $ 5 , € 6 or 7 % .'],
    ['100€', '100 €'],
  ])('%s', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });
});

describe('punctuation inside a word stays', () => {
  test.each(['3.14', '1,000,000', 'e-mail', '12:30', 'AC/DC', 'state-of-the-art', "O'Brien", 'a@b.org', 'v2.0.1', '&'])(
    '%s',
    (word) => {
      expect(cut(`the ${word} here`)).toBe(`the ${word} here`);
    },
  );
});

describe('English contractions are cut as the treebanks cut them', () => {
  test.each([
    ["Anna's", "Anna 's"],
    ["didn't", "did n't"],
    ['didn’t', 'did n’t'],
    ["can't", "ca n't"],
    ["I'm", "I 'm"],
    ["they're", "they 're"],
    ["we'll", "we 'll"],
    ["she'd", "she 'd"],
    ["I've", "I 've"],
    ["shouldn't've", "should n't 've"],
    ["IT'S", "IT 'S"],
    ["the boys'", "the boys '"],
    ["'she didn't'", "' she did n't '"],
    ["Anna's.", "Anna 's ."],
    ["n't", "n't"],
    ["'s", "'s"],
  ])('%s', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });
});

describe('a full stop', () => {
  test.each([
    ['Dr. Watson met Mrs. Hudson.', 'Dr. Watson met Mrs. Hudson .'],
    ['Apple Inc. and Ltd. firms', 'Apple Inc. and Ltd. firms'],
    ['at 5 p.m. in the U.S. of A.', 'at 5 p.m. in the U.S. of A.'],
    ['J. R. R. Tolkien', 'J. R. R. Tolkien'],
    ['e.g. this, i.e. that', 'e.g. this , i.e. that'],
    ['Rs. 42 lakh', 'Rs. 42 lakh'],
    ['He left. She stayed.', 'He left . She stayed .'],
    ['(He left.)', '( He left . )'],
    ['He said "yes."', 'He said " yes . "'],
    ['in 1999.', 'in 1999 .'],
    ['.', '.'],
  ])('of an abbreviation stays with it, of a sentence does not: %s', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });
});

describe('addresses, handles and faces stay whole', () => {
  test.each([
    ['see https://example.org/a_(b)?c=1,2#d now', 'see https://example.org/a_(b)?c=1,2#d now'],
    ['see www.example.org, or ftp://example.org/x.', 'see www.example.org , or ftp://example.org/x .'],
    ['(http://example.org)', '( http://example.org )'],
    ['@anna_b likes #NLP!', '@anna_b likes #NLP !'],
    ['great :) and :-( and ;D', 'great :) and :-( and ;D'],
    ['I <3 it', 'I <3 it'],
  ])('%s', (text, expected) => {
    expect(cut(text)).toBe(expected);
  });
});
