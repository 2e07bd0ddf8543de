import { expect, test } from 'vitest';
import { formatNamed } from '../../src/formats/formats.js';
import { readAs } from '../helpers/corpus-readers.js';

const EXTRA = { note: 'check this', source: 'Times', url: '', tags_of_reader: [], meta: {} };
const RECORDS: readonly (readonly [format: string, record: unknown])[] = [
  ['jsonl', { id: 1, document: 'a', text: 'Ada', tokens: [{ text: 'Ada', start: 0, end: 3 }], spans: [], ...EXTRA }],
  ['prodigy', { text: 'Ada', spans: [], answer: 'accept', ...EXTRA }],
  ['doccano', { id: 1, text: 'Ada', label: [[0, 3, 'PER']], ...EXTRA }],
  ['spacy', ['Ada', { entities: [[0, 3, 'PER']], ...EXTRA }]],
  ['tokens', { id: '0', document: 'a', tokens: ['Ada'], tags: ['B-PER'], ...EXTRA }],
];

test.each(RECORDS)(
  'fields of %s that hold something and are not kept are named with their counts, if somebody wants to know',
  (name, record) => {
    const read = (namesFields: boolean) =>
      readAs(formatNamed(name), `${JSON.stringify(record)}\n`, { namesFields }).issues;
    expect(read(true)).toEqual([
      {
        kind: 'left out',
        place: 'corpus:1',
        what: 'texts, tokens and spans are converted, and ids where the format holds them; left out: "note" (1), "source" (1)',
      },
    ]);
    expect(read(false)).toEqual([]);
  },
);

test('an id of a list of tokens is named unless it is the number of its record', () => {
  const lines = ['0', '1', 'x', 3].map((id) => `${JSON.stringify({ id, tokens: ['a'], tags: ['O'] })}\n`).join('');
  const [issue] = readAs(formatNamed('tokens'), lines, { namesFields: true }).issues;
  expect([issue?.place, issue?.what.replace(/^.*; /, '')]).toEqual(['corpus:3', 'left out: "id" (1)']);
});

test('of several lists of tags of one record, those that are not read are named', () => {
  const line = `${JSON.stringify({ tokens: ['a'], tags: ['O'], ner_tags: [1], labels: null })}\n`;
  const [issue] = readAs(formatNamed('tokens'), line, { namesFields: true }).issues;
  expect(issue?.what.replace(/^.*; /, '')).toBe('left out: "ner_tags" (1)');
});
