import { describe, expect, test } from 'vitest';
import { findTagReading, openOutside, withoutUnknown } from '../../src/text/possible-labels.js';
import { sentenceOf } from '../helpers/small-corpus.js';

const IOB2 = { name: 'iob2', outside: 'O' } as const;

describe('a tag that is not known', () => {
  test('is ? where tags have prefixes, and does not change what the scheme is', () => {
    const { scheme, isUnknown } = findTagReading([sentenceOf('Ada/B-PER met/? Bob/?')], {});
    expect(scheme).toEqual(IOB2);
    expect(['?', 'O', 'B-PER'].map(isUnknown)).toEqual([true, false, false]);
  });

  test('is ? where nothing else but outside is said', () => {
    expect(findTagReading([sentenceOf('Ada/? met/O')], {}).scheme).toEqual(IOB2);
  });

  test('is a tag as any other where tags are plain, unless a person names it', () => {
    const sentences = [sentenceOf('Ada/NOUN ?/?')];
    expect(findTagReading(sentences, {}).isUnknown('?')).toBe(false);
    const named = findTagReading(sentences, { unknownTag: '?' });
    expect([named.scheme.name, named.isUnknown('?')]).toEqual(['plain', true]);
  });

  test('can have another name beside ?', () => {
    const { isUnknown } = findTagReading([sentenceOf('Ada/B-PER met/_')], { unknownTag: '_' });
    expect(['_', '?'].map(isUnknown)).toEqual([true, true]);
  });

  test('becomes the outside tag, and any label is possible', () => {
    const sentence = sentenceOf('Ada/B-PER met/? Bob/O');
    const read = withoutUnknown(sentence, findTagReading([sentence], {}));
    expect(read.tags).toEqual(['B-PER', 'O', 'O']);
    expect(read.possible).toEqual([undefined, 'any', undefined]);
  });
});

test('tokens outside may have labels, if nothing was said of them, and those of entities may not', () => {
  const labels = new Set(['LOC']);
  const sentence = { ...sentenceOf('Ada/B-PER met/O Bob/O'), possible: [undefined, undefined, 'any' as const] };
  expect(openOutside(sentence, IOB2, labels).possible).toEqual([undefined, labels, 'any']);
});
