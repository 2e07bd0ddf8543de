import { expect, test } from 'vitest';
import { formatNamed } from '../../src/formats/formats.js';
import { createSentenceCutter, sentencesOf } from '../../src/formats/text-to-sentences.js';
import { readAs, writeAs } from '../helpers/corpus-readers.js';

const jsonl = formatNamed('jsonl');

/** The tags of the sentences of a record, and what was told. */
function cut(record: object): { readonly tags: string[]; readonly told: string[] } {
  const told: string[] = [];
  const { items } = readAs(jsonl, JSON.stringify(record));
  const sentences = sentencesOf(
    items,
    'corpus',
    createSentenceCutter(({ what }) => told.push(what)),
  );
  return { tags: sentences.flatMap(({ tags }) => tags), told };
}

test('a range gives each token that it touches the tag ?, but for those of spans', () => {
  const spans = [{ start: 0, end: 3, label: 'PER' }];
  expect(cut({ text: 'Ada lives in Paris', spans, unlabelled: [{ start: 0, end: 5 }] }).tags).toEqual([
    ...['B-PER', '?', 'O', 'O'],
  ]);
});

test('a range that touches no token is told', () => {
  expect(cut({ text: 'Ada  lives', spans: [], unlabelled: [{ start: 3, end: 5 }] })).toEqual({
    tags: ['O', 'O'],
    told: ['an unlabelled range (3 to 5) covers no token; left out'],
  });
});

test('ranges stand where they stood when a record is read and written, in either unit of offsets', () => {
  const text = '😀 Ada lives';
  const record = { text, spans: [], unlabelled: [{ start: 3, end: 6 }] };
  const { items } = readAs(jsonl, JSON.stringify(record));
  expect(JSON.parse(writeAs(jsonl, items).text)).toEqual(record);
  const points = { ...record, unlabelled: [{ start: 2, end: 5 }] };
  const counted = readAs(jsonl, JSON.stringify(points), { offsets: 'codepoints' });
  expect(counted.items).toEqual(items);
});

test.each([
  [7, 'expected a list as "unlabelled"'],
  [[{ start: 0 }], '"end"'],
  [[{ start: 0, end: 9 }], 'the span unlabelled from 0 to 9 is not a piece of the text'],
])('%j is no list of ranges', (unlabelled, message) => {
  expect(() => readAs(jsonl, JSON.stringify({ text: 'Ada', spans: [], unlabelled }))).toThrow(message);
});
