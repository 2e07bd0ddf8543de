import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectScheme, hasSpans, type Scheme, tagsOf } from '../../src/text/scheme.js';
import { spansOfSentence } from '../helpers/arbitraries.js';

function detect(lines: readonly string[], outside?: string): Scheme {
  return detectScheme(
    lines.map((line) => ({ tags: line.split(' ') })),
    outside,
  );
}

describe('the scheme that is found by looking', () => {
  test.each<[string, Scheme['name'], string[]]>([
    ['every entity opens with B-', 'iob2', ['B-PER I-PER O B-LOC', 'O B-PER']],
    ['entities of one token, all with B-', 'iob2', ['B-PER O B-LOC']],
    ['touching entities that both open with B-', 'iob2', ['B-PER B-PER I-PER']],
    ['there is only I-', 'iob1', ['I-PER I-PER O I-LOC']],
    ['B- stands only between touching entities of one label', 'iob1', ['I-PER B-PER I-PER O', 'O I-LOC']],
    ['most entities begin with I-, and a slip with B-', 'iob1', ['I-PER O I-LOC', 'O B-MISC O']],
    ['most entities begin with B-, and a slip with I-', 'iob2', ['B-PER O B-LOC', 'O I-MISC O']],
    ['as many begin with I- as with B-', 'iob2', ['I-PER O B-LOC']],
    ['some entities open with I-, by mistake, and others with B-', 'iob2', ['B-PER I-PER O', 'O I-LOC O']],
    ['E- closes an entity', 'bioes', ['B-PER E-PER O']],
    ['S- marks an entity of one token', 'bioes', ['O S-PER O']],
    ['L- and U- are used, as in BILOU', 'bioes', ['B-PER I-PER L-PER U-LOC']],
    ['only the last sentence has an S-', 'bioes', ['B-PER I-PER', 'O', 'S-LOC']],
    ['no tag is anything but O', 'iob2', ['O O O', 'O']],
    ['there is no sentence', 'iob2', []],
    ['labels have hyphens', 'iob2', ['B-creative-work I-creative-work O']],
    ['one tag among those with a prefix has none', 'iob2', ['B-PER V O']],
  ])('when %s it is %s', (_, name, lines) => {
    expect(detect(lines)).toEqual({ name, outside: 'O' });
  });

  test('parts of speech are plain labels of single tokens, without an outside tag', () => {
    const scheme = detect(['DT NN VBZ .', 'PRP$ NN ``', 'X-Y -LRB- :']);
    expect(scheme).toEqual({ name: 'plain', outside: undefined });
    expect(hasSpans(scheme)).toBe(false);
  });

  test('plain names beside O have no spans until --outside says so', () => {
    expect(detect(['PER PER O LOC'])).toEqual({ name: 'plain', outside: undefined });
    expect(detect(['PER PER O LOC'], 'O')).toEqual({ name: 'plain', outside: 'O' });
  });

  test('names marked 1 and 0 are plain, and 0 is outside because --outside says so', () => {
    const scheme = detect(['1 1 0 1 1 0 0 0 0'], '0');
    expect(scheme).toEqual({ name: 'plain', outside: '0' });
    expect(hasSpans(scheme)).toBe(true);
  });

  test('another outside tag leaves the scheme of the others to be found', () => {
    expect(detect(['B-PER I-PER _ B-LOC'], '_')).toEqual({ name: 'iob2', outside: '_' });
    expect(detect(['I-PER I-PER _ I-LOC'], '_')).toEqual({ name: 'iob1', outside: '_' });
    expect(detect(['_ S-PER'], '_')).toEqual({ name: 'bioes', outside: '_' });
    expect(detect(['_ _'], '_')).toEqual({ name: 'iob2', outside: '_' });
  });
});

describe('what tagsOf spells is found out again', () => {
  const someSpan = spansOfSentence.filter(({ spans }) => spans.length > 0);

  test('iob2', () => {
    const scheme: Scheme = { name: 'iob2', outside: 'O' };
    fc.assert(
      fc.property(fc.array(spansOfSentence), (sentences) => {
        const tagged = sentences.map(({ spans, length }) => ({ tags: tagsOf(spans, length, scheme) }));
        expect(detectScheme(tagged)).toEqual(scheme);
      }),
    );
  });

  test('iob1, where there is an entity', () => {
    const scheme: Scheme = { name: 'iob1', outside: 'O' };
    fc.assert(
      fc.property(fc.array(someSpan, { minLength: 1 }), (sentences) => {
        const tagged = sentences.map(({ spans, length }) => ({ tags: tagsOf(spans, length, scheme) }));
        expect(detectScheme(tagged)).toEqual(scheme);
      }),
    );
  });

  test('bioes, where there is an entity', () => {
    const scheme: Scheme = { name: 'bioes', outside: 'O' };
    fc.assert(
      fc.property(fc.array(someSpan, { minLength: 1 }), (sentences) => {
        const tagged = sentences.map(({ spans, length }) => ({ tags: tagsOf(spans, length, scheme) }));
        expect(detectScheme(tagged)).toEqual(scheme);
      }),
    );
  });
});
