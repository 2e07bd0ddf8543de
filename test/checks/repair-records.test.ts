import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repairRecords } from '../../src/checks/repair.js';
import { formatNamed } from '../../src/formats/formats.js';
import type { AnnotatedText } from '../../src/text/sentence.js';
import { corpusFile, found } from '../helpers/checks.js';
import { readAs } from '../helpers/corpus-readers.js';
import { hostileFiles } from '../helpers/hostile.js';

function repaired(name: string, text: string): { text: string; repairs: readonly { kind: string; count: number }[] } {
  return repairRecords(corpusFile(text), formatNamed(name), {});
}

describe('what is certain in texts with spans is repaired:', () => {
  test.each([
    [
      'jsonl',
      '{"text":"🤞 Ada left","spans":[{"start":2,"end":7,"label":"X","text":" Ada "}],"meta":[1]}',
      '{"text":"🤞 Ada left","spans":[{"start":3,"end":6,"label":"X","text":"Ada"}],"meta":[1]}',
    ],
    [
      'prodigy',
      '{"text":"🤞 Ada left","spans":[{"start":1,"end":6,"label":"X"}],"answer":"accept"}',
      '{"text":"🤞 Ada left","spans":[{"start":2,"end":5,"label":"X"}],"answer":"accept"}',
    ],
    ['doccano', '{"text":"Ada left","label":[[0,4,"X"]]}', '{"text":"Ada left","label":[[0,3,"X"]]}'],
    [
      'doccano',
      '{"text":"Ada left","entities":[{"start_offset":3,"end_offset":8,"label":"X","id":7}]}',
      '{"text":"Ada left","entities":[{"start_offset":4,"end_offset":8,"label":"X","id":7}]}',
    ],
  ])('white space at the ends of spans, in %s', (name, before, after) => {
    expect(repaired(name, `${before}\n`)).toEqual({
      text: `${after}\n`,
      repairs: [{ kind: 'span-edge', count: 1, lines: [1] }],
    });
  });

  test('a span that is there twice', () => {
    const span = '{"start":0,"end":3,"label":"X"}';
    const other = span.replace('X', 'Y');
    expect(repaired('jsonl', `{"text":"Ada","spans":[${span},${other},${span}]}`)).toEqual({
      text: `{"text":"Ada","spans":[${span},${other}]}`,
      repairs: [{ kind: 'overlapping-span', count: 1, lines: [1] }],
    });
  });

  test.each([
    ['{"text": "Ada", "spans": [{"start": 0, "end": 3, "label": "X"}]}'],
    ['{"text": "a  b", "spans": [{"start": 1, "end": 3, "label": "X"}]}'],
    ['{"text": "Ada ", "spans": [{"start": 0, "end": 4, "label": "X", "token_start": 0, "token_end": 1}]}'],
    ['{"id": 12345678901234567890, "text": "Ada ", "spans": [{"start": 0, "end": 4, "label": "X"}]}'],
    ['{"text": "Ada ", "spans": [{"start": 0, "end": 9, "label": "X"}]}'],
    ['no JSON'],
    [''],
  ])('and nothing else: %s', (line) => {
    expect(repaired('jsonl', `${line}\n`)).toEqual({ text: `${line}\n`, repairs: [] });
  });
});

test.each(['jsonl', 'prodigy', 'doccano'])(
  'whatever a file of %s holds, a second repair has nothing to do, and no span covers other words',
  (name) => {
    const words = (text: string): string[] =>
      text.split('\n').flatMap((line) => {
        try {
          return (readAs(formatNamed(name), line).items as AnnotatedText[]).flatMap((record) => [
            ...new Set(record.spans.map(({ label, start, end }) => `${label} ${record.text.slice(start, end).trim()}`)),
          ]);
        } catch {
          return [line];
        }
      });
    fc.assert(
      fc.property(hostileFiles(name), (file) => {
        fc.pre(!file.includes('\0'));
        const once = repaired(name, file);
        expect(repaired(name, once.text)).toEqual({ text: once.text, repairs: [] });
        expect(words(once.text)).toEqual(words(file.replace(/^\uFEFF/, '').replace(/\r(?=\n|$)/g, '')));
      }),
      { numRuns: 300 },
    );
  },
);

test('what was repaired is not found again', () => {
  const text = '{"text":"Ada left","spans":[{"start":0,"end":4,"label":"X"},{"start":0,"end":4,"label":"X"}]}\n';
  expect(found(text, ['span-edge', 'overlapping-span'])).not.toEqual([]);
  expect(found(repaired('jsonl', text).text, ['span-edge', 'overlapping-span'])).toEqual([]);
});
