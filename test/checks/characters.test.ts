import { describe, expect, test } from 'vitest';
import { corpusOf, found } from '../helpers/checks.js';

describe('characters that are not what they seem:', () => {
  test.each([
    ['\u200b', 'invisible-character', 'U+200B', '\\u200b'],
    ['\ufeff', 'invisible-character', 'U+FEFF', '\\ufeff'],
    ['\u00ad', 'invisible-character', 'U+00AD', '\\u00ad'],
    ['\u202e', 'invisible-character', 'U+202E', '\\u202e'],
    ['\x01', 'control-character', 'U+0001', '\\u0001'],
    ['\u009b', 'control-character', 'U+009B', '\\u009b'],
    ['\u2028', 'control-character', 'U+2028', '\\u2028'],
  ])('%j in a token and in a tag', (character, kind, name, shown) => {
    expect(
      found(`an\tO\na${character}b\tB-X\n\nc\tB-X${character}\n`, ['control-character', 'invisible-character']),
    ).toEqual([`${kind} train.conll:2: ${name} in "a${shown}b"`, `${kind} train.conll:4: ${name} in "B-X${shown}"`]);
  });

  test.each(['نمی\u200cخواهم', '👩\u200d🌾', 'a\u00a0b', 'naïve', '東京', '“'])('%s is well', (token) => {
    expect(found(`${token}\tO\n`)).toEqual([]);
  });

  test('UTF-8 that was read as windows-1252, with what was meant', () => {
    expect(found(corpusOf('SÃ¶ren O itâ€™s O'))).toEqual([
      'garbled-text train.conll:1: "SÃ¶ren" for "Sören"',
      'garbled-text train.conll:2: "itâ€™s" for "it’s"',
    ]);
  });

  test('a character that was lost', () => {
    expect(found(corpusOf('S\ufffdren O'))).toEqual(['garbled-text train.conll:1: "S\ufffdren": a character was lost']);
  });

  test('a word in two Unicode forms, where both occur', () => {
    const apart = 'e\u0301te\u0301';
    expect(found(corpusOf(`${apart} O`, 'été O'))).toEqual([`two-spellings train.conll:1: "${apart}"`]);
    expect(found(corpusOf(`${apart} O`))).toEqual([]);
  });
});
