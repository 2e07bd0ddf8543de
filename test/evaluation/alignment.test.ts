import { expect, test } from 'vitest';
import { checkAligned } from '../../src/evaluation/alignment.js';
import { readPairs } from '../../src/formats/pairs.js';
import { userErrorOf } from '../helpers/user-error.js';

function check(text: string, other: string): () => void {
  const fileOf = (source: string, lines: string) => ({ source, sentences: readPairs(lines, source) });
  return () => checkAligned(fileOf('a', text), fileOf('b', other));
}

const TEXT = 'Ada B-PER O\nmet O O\n\nBob B-PER O\n';

test('files of the same tokens and gold tags are aligned, whatever was predicted and wherever they break lines', () => {
  expect(check(TEXT, '\n\nAda B-PER B-PER\nmet O B-LOC\n\n\nBob B-PER O')).not.toThrow();
});

test.each([
  ['another token', '\nAda B-PER O\nsaw O O\n\nBob B-PER O\n', 'a:2: token "met", but b:3: token "saw"'],
  [
    'a sentence that ends early',
    'Ada B-PER O\n\nmet O O\n\nBob B-PER O\n',
    'a:2: token "met", but b:2: the sentence ends',
  ],
  ['a sentence that goes on', 'Ada B-PER O\nmet O O\nBob B-PER O\n', 'a:3: the sentence ends, but b:3: token "Bob"'],
  ['a sentence too few', 'Ada B-PER O\nmet O O\n', 'b ends at line 2, but a:4: token "Bob"'],
  ['a sentence too many', `${TEXT}\nx O O\n`, 'a ends at line 4, but b:6: token "x"'],
  ['another gold tag', 'Ada B-PER O\nmet B-LOC O\n\nBob B-PER O\n', 'a:2: gold tag O, but b:2: B-LOC, for "met"'],
])('%s is refused with both line numbers', (_, other, message) => {
  const error = userErrorOf(check(TEXT, other));
  expect([error.message, error.exitCode]).toEqual([message, 3]);
});
