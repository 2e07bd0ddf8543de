import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createIllFormedCounter, detectScheme } from '../../src/text/scheme.js';
import { corpusOf, found } from '../helpers/checks.js';

const TAG_KINDS = ['lone-tag', 'ill-formed-tag', 'mixed-schemes', 'several-schemes', 'outside-unnamed'] as const;

describe('tags that the scheme does not allow:', () => {
  test('each with its token and the tag that is expected', () => {
    expect(found(corpusOf('Ada B-PER Byron I-PER', 'in O Rome I-LOC', 'Bob B-PER Inc I-ORG'), TAG_KINDS)).toEqual([
      'ill-formed-tag train.conll:5: I-LOC of "Rome", expected B-LOC',
      'ill-formed-tag train.conll:8: I-ORG of "Inc", expected B-ORG',
    ]);
  });

  test('a span of BIOES that is not closed', () => {
    expect(found(corpusOf('Ada B-PER Byron E-PER', 'Bob B-PER Jones I-PER left O'), ['ill-formed-tag'])).toEqual([
      'ill-formed-tag train.conll:5: I-PER of "Jones", expected E-PER',
    ]);
  });

  test('a tag without label or prefix', () => {
    expect(found(corpusOf('Ada B-PER / V', 'Bob o x B-'), TAG_KINDS)).toEqual([
      'lone-tag train.conll:2: V of "/"',
      'lone-tag train.conll:4: o of "Bob"',
      'lone-tag train.conll:5: B- of "x"',
    ]);
  });

  test('as many as the other commands count', () => {
    const tag = fc.constantFrom('O', 'B-X', 'I-X', 'B-Y', 'I-Y', 'E-X', 'S-Y', 'V');
    fc.assert(
      fc.property(
        fc.array(fc.array(tag, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        (sentences) => {
          const text = corpusOf(...sentences.map((tags) => tags.map((each, index) => `w${index} ${each}`).join(' ')));
          const scheme = detectScheme(sentences.map((tags) => ({ tags })));
          const count = sentences.reduce((sum, tags) => sum + createIllFormedCounter(scheme)(tags), 0);
          expect(found(text, ['lone-tag', 'ill-formed-tag', 'scheme-slip'])).toHaveLength(count);
        },
      ),
    );
  });
});

describe('schemes:', () => {
  test('sentences in BIOES among sentences in IOB2', () => {
    const iob2 = corpusOf(...Array.from({ length: 4 }, (_, index) => `w${index} B-PER x I-PER`));
    expect(found(`${iob2}${corpusOf('Bob S-PER')}`, ['mixed-schemes'])).toEqual([
      'mixed-schemes train.conll:13: "Bob" as in BIOES, most as in IOB2',
    ]);
  });

  test('sentences in IOB1 among sentences in IOB2, where they are more than slips', () => {
    const text = (slips: number): string =>
      corpusOf(...Array.from({ length: 30 }, (_, index) => `w${index} ${index < slips ? 'I' : 'B'}-PER`));
    expect(found(text(4), ['mixed-schemes'])).toEqual([]);
    expect(found(text(5), ['mixed-schemes'])).toHaveLength(5);
  });

  test('BILOU among BIOES', () => {
    expect(found(corpusOf('Ada S-PER', 'Bob S-PER', 'Cid U-PER'), ['mixed-schemes'])).toEqual([
      'mixed-schemes train.conll:5: "Cid" as in BILOU, most as in BIOES',
    ]);
  });

  test('IOB1 whose touching entities open with B- is one scheme', () => {
    expect(found(corpusOf('Ada I-PER Bob B-PER', 'Cid I-PER'), [...TAG_KINDS, 'no-beginnings'])).toEqual([]);
  });

  test('IOB1 in which none does', () => {
    expect(found(corpusOf('Ada I-PER left O'), ['no-beginnings'])).toEqual([
      'no-beginnings train.conll:1: all entities begin with I-',
    ]);
  });

  test('dev in another scheme than train', () => {
    const texts = { train: corpusOf('Ada B-PER x I-PER'), dev: corpusOf('Bob S-PER') };
    expect(found(texts, ['several-schemes'])).toEqual(['several-schemes dev.conll:1: BIOES, the training corpus IOB2']);
  });

  test('names without B- and I-, until the outside tag is named', () => {
    const text = corpusOf('Ada 1 left 0 at 0 once 0');
    expect(found(text, TAG_KINDS)).toEqual(['outside-unnamed train.conll:1: most tokens have the tag 0: --outside 0?']);
    expect(found(text, TAG_KINDS, { outside: '0' })).toEqual([]);
    expect(found(corpusOf('The DT bank NN'), TAG_KINDS)).toEqual([]);
  });
});
