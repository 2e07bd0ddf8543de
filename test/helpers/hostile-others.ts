import fc from 'fast-check';
import { expect } from 'vitest';
import { UserError } from '../../src/errors.js';
import { cutFieldRecords, readFieldRecord } from '../../src/formats/field-records.js';
import { readPairs } from '../../src/formats/pairs.js';
import { VectorLines } from '../../src/formats/vectors-lines.js';
import { readVocabulary } from '../../src/formats/vocabulary-file.js';
import { hostileFiles } from './hostile.js';

function readVectors(text: string): void {
  const lines = new VectorLines('file');
  for (const line of text.split('\n')) lines.read(line)?.parse();
  lines.end();
}

const number = fc.constantFrom('0', '1.5', '-2e3', '1e999', 'NaN', '2', '3', '9'.repeat(30), '.');
const vectorFiles = fc
  .array(fc.array(fc.oneof(number, fc.constantFrom('a', 'É', '🤞', '', '\r', '\t')), { maxLength: 5 }), {
    maxLength: 6,
  })
  .map((rows) => rows.map((row) => row.join(' ')).join('\n'));

const vocabularies = fc
  .record({
    format: fc.constantFrom('rnn-vocabulary', 'x'),
    version: fc.constantFrom(1, 1, 1, 2, '1'),
    lowercase: fc.constantFrom(true, false, false, null),
    foldDigits: fc.boolean(),
    words: fc.oneof(
      fc.array(fc.constantFrom('a', '', '__proto__', '🤞', 'b', '\ud800'), { maxLength: 3 }),
      fc.constant({}),
    ),
  })
  .map((value) => JSON.stringify(value));

/** The readers of files that are no corpora, each with files that it might meet. */
export const OTHER_READERS: readonly [name: string, files: fc.Arbitrary<string>, read: (text: string) => void][] = [
  ['pairs of tags', hostileFiles('conll'), (text) => readPairs(text, 'file')],
  [
    'a record to be tagged',
    fc.oneof(hostileFiles('jsonl'), hostileFiles('tokens')),
    (text) => readFieldRecord(text, 'file:1'),
  ],
  [
    'a list of records to be tagged',
    fc.oneof(hostileFiles('jsonl'), hostileFiles('tokens')),
    (text) => [...cutFieldRecords(text, 'file')],
  ],
  ['vectors', vectorFiles, readVectors],
  ['a vocabulary', fc.oneof(vocabularies, hostileFiles('jsonl')), (text) => readVocabulary(text, 'file')],
];

/** Whatever a file holds, it is read, or refused as bad input. */
export function isReadOrRefused(read: (text: string) => void, text: string): boolean {
  const began = performance.now();
  try {
    read(text);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(3);
    return false;
  } finally {
    expect(performance.now() - began).toBeLessThan(5000);
  }
}
