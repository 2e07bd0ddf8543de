import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalTag,
  createIllFormedCounter,
  createNumberedTags,
  recode,
  type Scheme,
  spansOf,
  tagsOf,
} from '../../src/text/scheme.js';
import { spansOfSentence } from '../helpers/arbitraries.js';

const SCHEMES: readonly Scheme[] = [
  { name: 'iob1', outside: 'O' },
  { name: 'iob2', outside: 'O' },
  { name: 'bioes', outside: 'O' },
  { name: 'bioes', outside: '_' },
];
const [IOB1, IOB2, BIOES] = SCHEMES as [Scheme, Scheme, Scheme];
const PARTS_OF_SPEECH: Scheme = { name: 'plain', outside: undefined };
const scheme = fc.constantFrom(...SCHEMES);
const anyTag = fc.constantFrom('O', 'B-PER', 'I-PER', 'E-PER', 'S-PER', 'B-LOC', 'I-LOC', 'E-LOC', 'S-LOC');

function words(text: string): string[] {
  return text.split(' ');
}

describe('numbers of tags', () => {
  const TAGS = ['O', 'B-PER', 'I-PER', 'E-PER', 'S-PER', 'B-LOC', 'I-LOC', 'E-LOC', 'S-LOC', 'B', 'X', '_'];
  const PLAIN: Scheme = { name: 'plain', outside: 'O' };

  test('are read as the spans, and written as the tags, of the recoded tags', () => {
    const numbers = fc.array(fc.nat(TAGS.length - 1)).map((list) => Int32Array.from(list));
    const outer = fc.constantFrom(...SCHEMES, PARTS_OF_SPEECH);
    fc.assert(
      fc.property(numbers, scheme, outer, (drawn, inner, to) => {
        const numbered = createNumberedTags(TAGS, inner, to);
        const recoded = recode(
          Array.from(drawn, (number) => TAGS[number] as string),
          inner,
          to,
        );
        const spans = numbered.spansOf(drawn);
        expect(spans).toEqual(spansOf(recoded, to));
        expect(numbered.tagsOf(drawn, spans)).toEqual(recoded);
      }),
    );
  });

  test('are read as one span where a plain scheme joins two', () => {
    const numbered = createNumberedTags(TAGS, BIOES, PLAIN);
    const drawn = Int32Array.from([1, 3, 4, 0, 8]);
    const spans = numbered.spansOf(drawn);
    expect(spans).toEqual([
      { label: 'PER', start: 0, end: 3 },
      { label: 'LOC', start: 4, end: 5 },
    ]);
    expect(numbered.tagsOf(drawn, spans)).toEqual(['PER', 'PER', 'PER', 'O', 'LOC']);
  });
});

describe('recode', () => {
  test('gives the tags that spell the same spans in the other scheme', () => {
    fc.assert(
      fc.property(spansOfSentence, scheme, scheme, ({ spans, length }, from, to) => {
        expect(recode(tagsOf(spans, length, from), from, to)).toEqual(tagsOf(spans, length, to));
      }),
    );
  });

  test('keeps the spans that ill-formed tags are read as', () => {
    fc.assert(
      fc.property(fc.array(anyTag), scheme, (tags, to) => {
        expect(spansOf(recode(tags, BIOES, to), to)).toEqual(spansOf(tags, BIOES));
      }),
    );
  });

  test('spells touching entities so that they stay two', () => {
    expect(recode(words('I-PER B-PER I-LOC'), IOB1, BIOES)).toEqual(words('S-PER S-PER S-LOC'));
    expect(recode(words('S-PER S-PER S-LOC'), BIOES, IOB1)).toEqual(words('I-PER B-PER I-LOC'));
  });

  test('leaves tags of the same scheme as they are, ill-formed ones too', () => {
    const tags = words('O I-PER V');
    expect(recode(tags, IOB2, IOB2)).toBe(tags);
  });

  test('leaves labels of single tokens as they are', () => {
    const tags = words('DT NN');
    expect(recode(tags, PARTS_OF_SPEECH, IOB2)).toBe(tags);
    expect(recode(tags, IOB2, PARTS_OF_SPEECH)).toBe(tags);
  });
});

describe('createIllFormedCounter', () => {
  test('counts the tags that are not what their spans would be spelt as', () => {
    const tag = fc.constantFrom(
      'O',
      'B-X',
      'I-X',
      'E-X',
      'S-X',
      'L-X',
      'U-X',
      'B-Y',
      'I-Y',
      'B',
      'I',
      'X',
      'I-',
      '.-X',
      '[-X',
      ']',
    );
    fc.assert(
      fc.property(
        fc.array(tag, { maxLength: 8 }),
        fc.constantFrom('iob1' as const, 'iob2' as const, 'bioes' as const),
        (tags, name) => {
          const spelling = { name, outside: 'O' };
          const proper = tagsOf(spansOf(tags, spelling), tags.length, spelling);
          const odd = tags.filter((each, index) => canonicalTag(each, spelling) !== proper[index]);
          expect(createIllFormedCounter(spelling)(tags), tags.join(' ')).toBe(odd.length);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('finds nothing in what tagsOf spells', () => {
    fc.assert(
      fc.property(spansOfSentence, scheme, ({ spans, length }, spelling) => {
        expect(createIllFormedCounter(spelling)(tagsOf(spans, length, spelling))).toBe(0);
      }),
    );
  });

  test('finds nothing in well-formed BILOU', () => {
    expect(createIllFormedCounter(BIOES)(words('B-PER I-PER L-PER O U-LOC U-LOC'))).toBe(0);
  });

  test.each<[string, Scheme, string, number]>([
    ['I- after O', IOB2, 'O I-PER I-PER', 1],
    ['I- after another label', IOB2, 'B-PER I-LOC', 1],
    ['a tag without prefix', IOB2, 'B-PER O V O', 1],
    ['S- where there is none in the scheme', IOB2, 'O S-PER O', 1],
    ['B- that separates nothing', IOB1, 'B-PER I-PER O B-LOC', 2],
    ['a span that is not closed', BIOES, 'B-PER I-PER O', 1],
    ['a span that is not opened', BIOES, 'O I-PER E-PER', 1],
    ['a B- alone', BIOES, 'O B-PER O S-PER', 1],
    ['the label of a tag, where a span takes that of its end', IOB1, 'I-PER .-PER O X B-PER', 5],
  ])('counts %s', (_, spelling, tags, expected) => {
    expect(createIllFormedCounter(spelling)(words(tags))).toBe(expected);
  });

  test('has nothing to say on plain tags', () => {
    expect(createIllFormedCounter(PARTS_OF_SPEECH)(words('DT NN B-PER I-LOC'))).toBe(0);
    expect(createIllFormedCounter({ name: 'plain', outside: '0' })(words('1 0 1'))).toBe(0);
  });
});

test('L- and U- are second spellings of E- and S- in BIOES alone', () => {
  const tags = words('B-PER I-PER L-PER U-LOC O L U-');
  expect(tags.map((tag) => canonicalTag(tag, BIOES))).toEqual(words('B-PER I-PER E-PER S-LOC O L S-'));
  expect(tags.map((tag) => canonicalTag(tag, IOB2))).toEqual(tags);
});
