import { describe, expect, test } from 'vitest';
import { bracketToConll } from '../../data/make-conll.js';
import { createIllFormedCounter, detectScheme } from '../../src/text/scheme.js';
import { readConll } from '../helpers/conll.js';
import { STARTER_PARTS, type StarterPart, starterSentences, starterText } from '../helpers/starter-corpus.js';

const sentences = STARTER_PARTS.flatMap(starterSentences);

/** The different names of a part, each with its label. */
function entitiesOf(part: StarterPart): Set<string> {
  return new Set(
    starterSentences(part).flatMap(({ tokens, spans }) =>
      spans.map(({ label, start, end }) => `${tokens.slice(start, end).join(' ')} ${label}`),
    ),
  );
}

describe('the starter corpus', () => {
  test('has at least a thousand sentences', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(1000);
  });

  test('has sentences of 8 to 30 tokens', () => {
    const others = sentences.filter(({ tokens }) => tokens.length < 8 || tokens.length > 30);
    expect(others.map(({ tokens }) => tokens.join(' '))).toEqual([]);
  });

  test('has people, places, organisations and other names, each in every part, and nothing else', () => {
    for (const part of STARTER_PARTS) {
      const labels = new Set(starterSentences(part).flatMap(({ spans }) => spans.map(({ label }) => label)));
      expect([...labels].sort()).toEqual(['LOC', 'MISC', 'ORG', 'PER']);
    }
  });

  test('has sentences without a name', () => {
    for (const part of STARTER_PARTS) expect(starterSentences(part).some(({ spans }) => spans.length === 0)).toBe(true);
  });

  test('says nothing twice, over all parts, whatever the case of letters', () => {
    const seen = new Set<string>();
    const twice = sentences
      .map(({ tokens }) => tokens.join(' ').toLowerCase())
      .filter((text) => seen.size === seen.add(text).size);
    expect(twice).toEqual([]);
  });

  test.each(['dev', 'test'] as const)('has in %s mostly names that do not occur in train', (part) => {
    const known = entitiesOf('train');
    const names = [...entitiesOf(part)];
    expect(names.filter((name) => known.has(name)).length).toBeLessThan(names.length / 5);
  });
});

describe.each(STARTER_PARTS)('%s.conll', (part) => {
  test('is what the script makes of the bracket text', () => {
    expect(bracketToConll(starterText(part, 'txt'), `${part}.txt`)).toBe(starterText(part, 'conll'));
  });

  test('is well-formed IOB2', () => {
    const corpus = readConll(starterText(part, 'conll'), { source: part, needsTags: true });
    const scheme = detectScheme(corpus);
    expect(scheme).toEqual({ name: 'iob2', outside: 'O' });
    expect(corpus.map(({ tags }) => createIllFormedCounter(scheme)(tags)).filter((count) => count > 0)).toEqual([]);
  });
});

test('the script names the line that it cannot read', () => {
  expect(() => bracketToConll('Good .\n[Bad .\n', 'train.txt')).toThrow(/^train\.txt:2: /);
});
