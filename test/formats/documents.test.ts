import { expect, test } from 'vitest';
import { createSentenceCutter } from '../../src/formats/text-to-sentences.js';
import type { AnnotatedText } from '../../src/text/sentence.js';

/** The document of each sentence of texts, which may be `name: text`; each list is given at once. */
function documentsOf(...groups: readonly (readonly string[])[]): number[] {
  const cut = createSentenceCutter(() => {});
  return groups.flatMap((texts) => {
    const records = texts.map((each): AnnotatedText => {
      const [name, text] = each.includes(': ') ? (each.split(': ') as [string, string]) : [undefined, each];
      return { text, spans: [], line: 1, ...(name !== undefined && { document: name }) };
    });
    return cut(records, 'file').map(({ document }) => document);
  });
}

test('records of one sentence are no documents', () => {
  expect(documentsOf(['Ada won.', 'Bob lost.'], ['Cid came.'])).toEqual([0, 0, 0]);
});

test('where a record has several sentences each record is a document', () => {
  expect(documentsOf(['Ada won.', 'Bob lost. He left.', 'Cid came.', 'Dan went.'])).toEqual([0, 1, 1, 2, 3]);
});

test('what was given before the first record of several sentences stays one document', () => {
  expect(documentsOf(['Ada won.', 'Bob lost.'], ['Cid came.', 'Dan went. He ran.'], ['Eve sat.'])).toEqual([
    0, 0, 1, 2, 2, 3,
  ]);
});

test('records that name their document are in it', () => {
  expect(documentsOf(['x: Ada won.', 'x: Bob lost.', 'y: Cid came. Dan went.', 'y: Eve sat.', 'Fay ran.'])).toEqual([
    0, 0, 1, 1, 1, 2,
  ]);
});

test('blank records are in no document', () => {
  expect(documentsOf(['', 'Ada won. Bob lost.', ' ', 'Cid came.'])).toEqual([0, 0, 1]);
});
