import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createIllFormedCounter,
  innerSchemeOf,
  recode,
  type Scheme,
  type SchemeName,
  spansOf,
  tagsOf,
} from '../../src/text/scheme.js';
import { allowedTransitions } from '../../src/text/transitions.js';
import { sequencesOf, spansOfSentence } from '../helpers/arbitraries.js';

const PREFIXES = { iob1: 'BI', iob2: 'BI', bioes: 'BIESLU', plain: '' } as const satisfies Record<SchemeName, string>;
const LABELS = ['PER', 'LOC', 'B-side'];
const OUTSIDE = fc.constantFrom('O', '0');

function tagsFor(name: SchemeName, labels: readonly string[]): string[] {
  if (name === 'plain') return [...labels];
  return [...PREFIXES[name]].flatMap((prefix) => labels.map((label) => `${prefix}-${label}`));
}

/** Whether every step of a path is allowed, from its start to its end. */
function isAllowed(path: readonly string[], tags: readonly string[], allowed: Uint8Array): boolean {
  const K = tags.length;
  const rows = [K, ...path.map((tag) => tags.indexOf(tag))];
  const follows = path.every((tag, t) => allowed[rows[t] * K + tags.indexOf(tag)] === 1);
  return path.length === 0 || (follows && allowed[(K + 1) * K + tags.indexOf(path[path.length - 1])] === 1);
}

/** A tag set of any size with the outside tag in it, in any order, and a path over it. */
function tagSets(name: SchemeName) {
  return OUTSIDE.chain((outside) =>
    fc.shuffledSubarray(tagsFor(name, LABELS)).chain((some) => {
      const tags = [...some, outside].sort();
      return fc.record({
        scheme: fc.constant<Scheme>({ name, outside }),
        tags: fc.constant(tags),
        path: fc.array(fc.constantFrom(...tags), { maxLength: 9 }),
      });
    }),
  );
}

describe.each(['iob1', 'iob2', 'bioes', 'plain'] as const)('in %s', (name) => {
  test('a path is allowed where nothing in it is ill-formed, and nowhere else', () => {
    fc.assert(
      fc.property(tagSets(name), ({ scheme, tags, path }) => {
        const allowed = allowedTransitions(tags, scheme);
        expect(isAllowed(path, tags, allowed)).toBe(createIllFormedCounter(scheme)(path) === 0);
      }),
      { numRuns: 1000 },
    );
  });

  test('the same holds of every path of up to four of these tags', () => {
    const scheme: Scheme = { name, outside: 'O' };
    const tags = [...tagsFor(name, ['A', 'B']).slice(0, 8), 'O'];
    const allowed = allowedTransitions(tags, scheme);
    for (let length = 0; length <= (tags.length > 6 ? 3 : 4); length++) {
      for (const path of sequencesOf(tags, length))
        expect(isAllowed(path, tags, allowed), path.join(' ')).toBe(createIllFormedCounter(scheme)(path) === 0);
    }
  });

  test('whatever spans a sentence has, their tags are allowed', () => {
    fc.assert(
      fc.property(spansOfSentence, OUTSIDE, ({ length, spans }, outside) => {
        const scheme: Scheme = { name, outside };
        const path = tagsOf(spans, length, scheme);
        const tags = [...new Set([...path, outside])].sort();
        expect(isAllowed(path, tags, allowedTransitions(tags, scheme))).toBe(true);
      }),
    );
  });

  test('the outside tag may stand alone in a sentence of any length, so that there always is a path', () => {
    fc.assert(
      fc.property(tagSets(name), fc.nat(5), ({ scheme, tags }, length) => {
        const path = new Array<string>(length).fill(scheme.outside ?? '');
        expect(isAllowed(path, tags, allowedTransitions(tags, scheme))).toBe(true);
      }),
    );
  });
});

test('where no tag is outside, every tag may stand everywhere', () => {
  const allowed = allowedTransitions(['B-X', 'I-X', 'NOUN'], { name: 'plain', outside: undefined });
  expect([...allowed]).toEqual(new Array(15).fill(1));
});

describe('the scheme in which a network learns', () => {
  test('is BIOES where it recodes and tags spell spans, else the corpus’s own', () => {
    for (const name of ['iob1', 'iob2', 'bioes', 'plain'] as const) {
      expect(innerSchemeOf({ name, outside: '0' }, true)).toEqual({ name: 'bioes', outside: '0' });
      expect(innerSchemeOf({ name, outside: '0' }, false)).toEqual({ name, outside: '0' });
    }
    const labels: Scheme = { name: 'plain', outside: undefined };
    expect(innerSchemeOf(labels, true)).toEqual(labels);
  });

  test.each(['iob1', 'iob2', 'bioes'] as const)('%s: what is recoded comes back as it was', (name) => {
    fc.assert(
      fc.property(spansOfSentence, OUTSIDE, fc.boolean(), ({ length, spans }, outside, recodes) => {
        const scheme: Scheme = { name, outside };
        const inner = innerSchemeOf(scheme, recodes);
        const tags = tagsOf(spans, length, scheme);
        const learned = recode(tags, scheme, inner);
        expect(createIllFormedCounter(inner)(learned)).toBe(0);
        expect(spansOf(learned, inner)).toEqual(spans);
        expect(recode(learned, inner, scheme)).toEqual(tags);
      }),
    );
  });

  test('plain: touching spans of one label, which plain tags cannot tell apart, come back as the same tags', () => {
    fc.assert(
      fc.property(spansOfSentence, OUTSIDE, ({ length, spans }, outside) => {
        const scheme: Scheme = { name: 'plain', outside };
        const inner = innerSchemeOf(scheme, true);
        const tags = tagsOf(spans, length, scheme);
        expect(recode(recode(tags, scheme, inner), inner, scheme)).toEqual(tags);
      }),
    );
  });
});
