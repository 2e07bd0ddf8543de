import { describe, expect, test } from 'vitest';
import { UimaTypes } from '../../src/formats/uima-types.js';
import { LAYER, typeSystemOf } from '../helpers/inception.js';
import { userErrorOf } from '../helpers/user-error.js';

const described = (name: string, supertype: string, feature = '') =>
  `<typeDescription><name> ${name}\n</name><supertypeName>${supertype}</supertypeName>${
    feature &&
    `<features><featureDescription><name>${feature}</name><rangeTypeName>uima.cas.Long</rangeTypeName></featureDescription></features>`
  }</typeDescription>`;

describe('a type system', () => {
  const types = new UimaTypes(
    typeSystemOf(
      undefined,
      undefined,
      [
        described('a.Sub', LAYER, 'own'),
        described('a.SubSub', 'a.Sub'),
        described('a.Other', 'uima.tcas.Annotation'),
        described(LAYER, 'uima.tcas.Annotation', 'later'),
      ].join(''),
    ),
    'it',
  );

  test('tells types, supertypes and subtypes', () => {
    expect([LAYER, 'a.SubSub', 'uima.tcas.Annotation'].map((name) => types.has(name))).toEqual([true, true, false]);
    expect(types.isSubtype('a.SubSub', 'uima.tcas.Annotation')).toBe(true);
    expect(types.isSubtype('a.Other', LAYER)).toBe(false);
    expect(types.withSubtypes(LAYER)).toEqual(new Set([LAYER, 'a.Sub', 'a.SubSub']));
  });

  test('tells features, those of supertypes and of other descriptions of a type too', () => {
    expect(types.rangeOf('a.SubSub', 'value')).toBe('uima.cas.String');
    expect(types.rangeOf('a.SubSub', 'own')).toBe('uima.cas.Long');
    expect(types.rangeOf(LAYER, 'later')).toBe('uima.cas.Long');
    expect(types.rangeOf(LAYER, 'own')).toBeUndefined();
    expect(types.rangeOf(LAYER, '__proto__')).toBeUndefined();
  });

  test('may have types that are their own supertypes', () => {
    const circle = new UimaTypes(typeSystemOf({}, 'b.B', described('b.B', LAYER)), 'it');
    expect(circle.isSubtype(LAYER, 'uima.tcas.Annotation')).toBe(false);
    expect(circle.rangeOf(LAYER, 'value')).toBeUndefined();
    expect(circle.withSubtypes('b.B')).toEqual(new Set(['b.B', LAYER]));
  });

  test.each(['<types/>', '<typeSystemDescription/>', '', '<typeSystemDescription xmlns="other"/>'])(
    'is no other XML: %j',
    (xml) => {
      expect(userErrorOf(() => new UimaTypes(xml, 'it')).message).toMatch(/^it: expected/);
    },
  );
});
