import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { readVocabulary, writeVocabulary } from '../../src/formats/vocabulary-file.js';
import { Vocabulary } from '../../src/text/vocabulary.js';
import { anyCharacter } from '../helpers/arbitraries.js';
import { userErrorOf } from '../helpers/user-error.js';

const CONTENT = { format: 'rnn-vocabulary', version: 1, lowercase: false, foldDigits: true, words: ['the', 'a'] };
const { words: _words, ...WITHOUT_WORDS } = CONTENT;

describe('a vocabulary file', () => {
  test('that was written is read back: same words, same form, same bytes when written again', () => {
    const word = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom('__proto__', '\ud800', '\u2028', '"', '\\', '', '\ufeff'),
    );
    fc.assert(
      fc.property(fc.uniqueArray(word), fc.boolean(), fc.boolean(), (words, lowercase, foldDigits) => {
        const written = writeVocabulary(new Vocabulary(words, { lowercase, foldDigits }));
        const read = readVocabulary(written, 'vocabulary.json');
        expect(read.words).toEqual(words);
        expect(read.form).toEqual({ lowercase, foldDigits });
        expect(writeVocabulary(read)).toBe(written);
      }),
    );
  });

  test('has one word a line', () => {
    expect(writeVocabulary(new Vocabulary(['the', 'a'], { lowercase: true, foldDigits: false }))).toBe(
      '{\n "format": "rnn-vocabulary",\n "version": 1,\n "lowercase": true,\n "foldDigits": false,\n "words": [\n  "the",\n  "a"\n ]\n}\n',
    );
  });
});

describe('what is no vocabulary is refused, with the name of the file and what is wrong', () => {
  test.each<[string, string, RegExp]>([
    ['nothing', '', /expected a vocabulary, found no JSON \(.+\)$/s],
    ['a file cut short', JSON.stringify(CONTENT).slice(0, -3), /expected a vocabulary, found no JSON \(.+\)$/s],
    ['a corpus', 'London\tB-LOC\n', /expected a vocabulary, found no JSON \(.+\)$/s],
    ['a list', '[]', /expected a vocabulary: .*expected object/s],
    ['another format', JSON.stringify({ ...CONTENT, format: 'rnn-model' }), /"rnn-vocabulary".*format/s],
    ['another version', JSON.stringify({ ...CONTENT, version: 2 }), /expected 1.*version/s],
    ['no words', JSON.stringify(WITHOUT_WORDS), /expected array.*words/s],
    ['a word that is no text', JSON.stringify({ ...CONTENT, words: ['the', 7] }), /expected string.*words\[1\]/s],
    ['a form that is not yes or no', JSON.stringify({ ...CONTENT, lowercase: 'no' }), /expected boolean.*lowercase/s],
    ['an unknown key', JSON.stringify({ ...CONTENT, stopwords: [] }), /"stopwords"/],
    ['a word twice', JSON.stringify({ ...CONTENT, words: ['the', 'a', 'the'] }), /it contains a word twice$/],
  ])('%s', (_, text, message) => {
    const error = userErrorOf(() => readVocabulary(text, 'words.json'));
    expect(error.message).toMatch(/^words\.json: /);
    expect(error.message).toMatch(message);
    expect(error.hint).toBe('a vocabulary is what "rnn vocab CORPUS -o FILE" writes');
    expect(error.exitCode).toBe(ExitCode.badInput);
  });
});
