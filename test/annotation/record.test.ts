import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AnnotationRecord, readRecords, writeRecord } from '../../src/annotation/record.js';
import { formatNamed } from '../../src/formats/formats.js';
import { decisionOn } from '../helpers/annotations.js';
import { userErrorOf } from '../helpers/user-error.js';

const word = fc.stringMatching(/^[a-zé🤞姚]{1,4}$/u);
const record: fc.Arbitrary<AnnotationRecord> = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 8 }), fc.string({ minLength: 1 }), fc.nat(), fc.nat())
  .map(([words, note, from, length]) => {
    const start = from % words.length;
    const end = Math.min(words.length, start + 1 + (length % 3));
    return decisionOn(from, words.join(' '), [{ label: 'PER', start, end }], { note });
  });

test('what is written is read back, with offsets in UTF-16 units', () => {
  fc.assert(
    fc.property(fc.array(record), (records) => {
      expect(readRecords(records.map(writeRecord).join(''), 'a.jsonl')).toEqual(records);
    }),
  );
});

test('a line has the form that other commands read', () => {
  const line = writeRecord(decisionOn('a:1', 'Ada left', [{ label: 'PER', start: 0, end: 1 }], { note: 'sure' }));
  expect(JSON.parse(line)).toEqual({
    id: 'a:1',
    text: 'Ada left',
    tokens: [
      { text: 'Ada', start: 0, end: 3 },
      { text: 'left', start: 4, end: 8 },
    ],
    spans: [{ label: 'PER', start: 0, end: 3, text: 'Ada' }],
    answer: 'accept',
    note: 'sure',
    order: 'given',
  });
  expect(formatNamed('jsonl').isCertain(line)).toBe(true);
  expect(formatNamed('prodigy').isCertain(line)).toBe(false);
});

test.each([
  ['{', /a.jsonl:1: expected JSON/],
  ['{"text":"a","spans":[]}', /a.jsonl:1: expected a record of rnn annotate/],
  ['{"id":1,"text":"a b","tokens":[{"start":0,"end":9}],"spans":[],"answer":"accept","order":"given"}', /0 to 9/],
  [
    '{"id":1,"text":"ab","tokens":[{"start":0,"end":2}],"spans":[{"start":0,"end":1,"label":"X"}],"answer":"skip","order":"given"}',
    /X "a" begins or ends inside a token/,
  ],
])('%s is refused with its place', (line, message) => {
  expect(userErrorOf(() => readRecords(line, 'a.jsonl')).message).toMatch(message);
});
