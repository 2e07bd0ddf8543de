import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Dictionaries, type Dictionary, NAME_VALUES, valueOfMark } from '../../src/text/dictionaries.js';
import { SortedWords } from '../../src/text/sorted-words.js';

function dictionaryOf(label: string, names: readonly string[]): Dictionary {
  return { label, names: SortedWords.of([...new Set(names)].sort()) };
}

/** The values of tokens in the table of each dictionary, by name; empty for none. */
function valuesOf(sentence: string, ...dictionaries: readonly (readonly string[])[]): string[][] {
  const marks = new Dictionaries(dictionaries.map((names, index) => dictionaryOf(`${index}`, names))).marksOf(
    sentence.split(' '),
  );
  return dictionaries.map((_, index) => [...marks].map((mark) => NAME_VALUES[valueOfMark(mark, index) - 1] ?? ''));
}

describe('a token', () => {
  test('knows its place in a name', () => {
    const names = ['Rio de Janeiro', 'Bonn', 'Los Angeles'];
    expect(valuesOf('in Rio de Janeiro , Los Angeles and Bonn', names)).toEqual([
      ['', 'begin', 'inside', 'end', '', 'begin', 'end', '', 'single'],
    ]);
  });

  test('knows whether the name is written as it is in the dictionary', () => {
    expect(valuesOf('BONN may be Bonn', ['Bonn', 'May'])).toEqual([
      ['single, other case', 'single, other case', '', 'single'],
    ]);
  });

  test('is of the longest name that begins there, and names do not overlap', () => {
    expect(valuesOf('New York City Hall', ['New York', 'New York City', 'City Hall', 'Hall'])).toEqual([
      ['begin', 'inside', 'end', 'single'],
    ]);
  });

  test('has a value in each of many dictionaries', () => {
    const all = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? ['Ada'] : ['Ada King']));
    const values = valuesOf('Ada King', ...all);
    expect(values.map(([first]) => first)).toEqual(all.map((_, index) => (index % 2 === 0 ? 'single' : 'begin')));
  });
});

test('what is found is what looking for each name at each token finds', () => {
  const word = fc.constantFrom('a', 'A', 'b', 'B', 'c');
  const name = fc.array(word, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), fc.array(word, { maxLength: 12 }), (names, tokens) => {
      const texts = names.map((each) => each.join(' '));
      const expected: [number, number, boolean][] = [];
      for (let start = 0; start < tokens.length; ) {
        let end = start;
        for (let to = start + 1; to <= tokens.length; to++) {
          const piece = tokens.slice(start, to).join(' ').toLowerCase();
          if (texts.some((text) => text.toLowerCase() === piece)) end = to;
        }
        if (end > start) expected.push([start, end, texts.includes(tokens.slice(start, end).join(' '))]);
        start = Math.max(end, start + 1);
      }
      const found: [number, number, boolean][] = [];
      new Dictionaries([dictionaryOf('x', texts)]).find(tokens, (_, ...match) => found.push(match));
      expect(found).toEqual(expected);
    }),
  );
});
