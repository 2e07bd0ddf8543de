import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CasLayer, readCas } from '../../src/formats/uima-cas.js';
import { annotate, LAYER, segmentsOf, type WrittenAnnotation, xmiOf } from '../helpers/inception.js';
import { userErrorOf } from '../helpers/user-error.js';

const layer: CasLayer = { types: new Set([LAYER]), type: LAYER, feature: 'value', hasScore: true };
const read = (xmi: string, by = layer) => readCas(xmi, by, 'it');

const TEXT = '😀 Anna Smith lives in "London" .\r\nBob <Jones> left & Paris\t.\n';
const document = (...annotations: readonly WrittenAnnotation[]) => xmiOf(TEXT, [...segmentsOf(TEXT), ...annotations]);

function wordsOf({ text, sentences }: ReturnType<typeof read>): string[][] {
  return sentences.map((tokens) => tokens.map(({ start, end }) => text.slice(start, end)));
}

describe('a document', () => {
  test('has a text, and the tokens of its sentences', () => {
    const cas = read(document());
    expect(cas.text).toBe(TEXT);
    expect(wordsOf(cas)).toEqual([
      ['😀', 'Anna', 'Smith', 'lives', 'in', '"London"', '.'],
      ['Bob', '<Jones>', 'left', '&', 'Paris', '.'],
    ]);
  });

  test('has annotations in order, without those that were removed and those of other layers', () => {
    const cas = read(
      document(
        annotate(TEXT, 'Paris', 'LOC'),
        annotate(TEXT, 'Anna Smith', 'PER', 'inception_internal_predicted="false"'),
        annotate(TEXT, 'Smith', undefined, 'inception_internal_predicted="true"'),
        { ...annotate(TEXT, 'Bob', 'PER'), isMember: false },
        { ...annotate(TEXT, 'left', 'PER'), type: 'Other' },
        annotate(TEXT, 'lives', '  '),
      ),
    );
    expect(
      cas.annotations.map(({ start, end, label, isSuggestion }) => [TEXT.slice(start, end), label, isSuggestion]),
    ).toEqual([
      ['Anna Smith', 'PER', false],
      ['Smith', undefined, true],
      ['lives', undefined, false],
      ['Paris', 'LOC', false],
    ]);
  });

  test('may have tokens outside of its sentences, which make sentences of their own', () => {
    const words = segmentsOf('a b c d e f').filter(({ type }) => type === 'Token');
    const place = (start: number, end: number) => ({ type: 'Sentence', start, end });
    const sentences = (...places: WrittenAnnotation[]) => wordsOf(read(xmiOf('a b c d e f', [...places, ...words])));
    expect(sentences()).toEqual([['a', 'b', 'c', 'd', 'e', 'f']]);
    expect(sentences(place(4, 7))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(sentences(place(2, 5), place(8, 11))).toEqual([['a'], ['b', 'c'], ['d'], ['e', 'f']]);
    expect(sentences(place(0, 3), place(4, 11), place(11, 11))).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e', 'f'],
    ]);
  });

  test('takes its text from the initial view', () => {
    const other = '<cas:Sofa xmi:id="2" sofaNum="2" sofaID="other" sofaString="no"/><cas:View sofa="2" members="10"/>';
    expect(wordsOf(read(document().replace('<cas:Sofa', `${other}<cas:Sofa`)))).toHaveLength(2);
    expect(read(document().replace('_InitialView', 'mySofa')).text).toBe(TEXT);
  });

  const range = (start: number | string, end: number | string): string =>
    document(annotate(TEXT, 'Anna', 'PER')).replace('begin="3" end="7" value', `begin="${start}" end="${end}" value`);

  test.each([
    ['<a/>', 'expected <xmi:XMI>'],
    ['<xmi:XMI xmlns:xmi="http://www.omg.org/XMI"/>', 'expected one <cas:Sofa>'],
    [document().replace('_InitialView"', 'a"').replace('<cas:View', '<cas:Sofa xmi:id="2"/><cas:View'), 'found 2'],
    [document().replace('<cas:Sofa xmi:id="1"', '<cas:Sofa'), 'expected one <cas:Sofa>'],
    [range('x', 7), 'whole number as "begin" of NamedEntity'],
    [range(3, -7), 'whole number as "end"'],
    [range(3, '1e1'), 'whole number as "end"'],
    [range(7, 3), 'from 7 to 3 is not a piece of the text'],
    [range(3, 1000), 'not a piece of the text'],
    [range(1, 7), 'not a piece of the text'],
    [document({ type: 'Token', start: 3, end: 8 }), 'two tokens overlap at 3'],
    [document().replace('<cas:NULL', '<!DOCTYPE a><cas:NULL'), 'expected XML'],
  ])('is refused: %#', (xmi, message) => {
    const { message: said } = userErrorOf(() => read(xmi));
    expect(said).toMatch(/^it: /);
    expect(said).toContain(message);
  });
});

describe('suggestions', () => {
  const suggestions = [
    { label: 'PER & "x"', start: 3, end: 13, confidence: 0.5 },
    { label: 'LOC', start: 56, end: 61 },
  ];

  test('are annotations of the layer, in the place of suggestions that were there', () => {
    const xmi = document(
      annotate(TEXT, 'Bob', 'PER'),
      annotate(TEXT, 'left', 'OLD', 'inception_internal_predicted="true"'),
    );
    const again = read(read(xmi).withSuggestions(suggestions));
    expect(again.annotations).toEqual([
      expect.objectContaining({ label: 'PER & "x"', start: 3, end: 13, isSuggestion: true }),
      expect.objectContaining({ label: 'PER', isSuggestion: false }),
      expect.objectContaining({ label: 'LOC', start: 56, end: 61, isSuggestion: true }),
    ]);
    const none = read(read(xmi).withSuggestions([]));
    expect(none.annotations.map(({ label }) => label)).toEqual(['PER']);
  });

  test('have ids that no other has, and scores where the layer has a feature for them', () => {
    const xmi = read(document()).withSuggestions(suggestions);
    const ids = [...xmi.matchAll(/xmi:id="(\d+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(xmi).toContain('value="PER &amp; &quot;x&quot;" inception_internal_predicted="true" value_score="0.5"/>');
    const { hasScore: _, ...rest } = layer;
    expect(read(document(), { ...rest, hasScore: false }).withSuggestions(suggestions)).not.toContain('value_score');
  });

  test('are of a type without a package, too', () => {
    const xmi = read(document(), { ...layer, types: new Set(['Name']), type: 'Name' }).withSuggestions(suggestions);
    expect(xmi).toContain('<layer:Name xmlns:layer="http:///uima/noNamespace.ecore"');
    expect(read(xmi, { ...layer, types: new Set(['Name']) }).annotations).toHaveLength(2);
  });

  test('leave all else of a document as it is, which may have no index yet', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('Ada', 'é😀', '<b>', '&amp;', '"', '\t', '\n', '\r\n'), { maxLength: 12 }),
        fc.boolean(),
        (words, hasView) => {
          const text = words.join(' ');
          const xmi = xmiOf(text, hasView ? segmentsOf(text) : []);
          const cas = read(hasView ? xmi : xmi.replace(/<cas:View[^>]*>/, ''));
          const found = cas.sentences.flat().map((token) => ({ label: 'X', ...token }));
          const again = read(cas.withSuggestions(found));
          expect(again.text).toBe(text);
          expect(again.sentences).toEqual(cas.sentences);
          expect(again.annotations).toEqual(
            found.map(({ start, end }) => expect.objectContaining({ label: 'X', start, end, isSuggestion: true })),
          );
        },
      ),
    );
  });
});
