import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inventName, NAME_BITS } from '../../src/text/invented-words.js';
import { StandIns } from '../../src/text/stand-ins.js';

/** A digest that is no secret: its bytes are those of the name. */
const bytesOf = (label: string, name: string): Uint8Array => new TextEncoder().encode(`${name}${label}..........`);

describe('what stands for a name', () => {
  test('is its label, a number of its label, or an invented name', () => {
    const names = [
      ['PER', 'Ada'],
      ['LOC', 'London'],
      ['PER', 'Bob'],
      ['PER', 'Ada'],
    ] as const;
    const standIns = (style: 'label' | 'number' | 'pseudonym'): string[] => {
      const own = new StandIns(style);
      return names.map(([label, name]) => own.replace(label, name));
    };
    expect(standIns('label')).toEqual(['[PER]', '[LOC]', '[PER]', '[PER]']);
    expect(standIns('number')).toEqual(['[PER-1]', '[LOC-1]', '[PER-2]', '[PER-1]']);
    const [ada, london, bob, again] = standIns('pseudonym');
    expect(new Set([ada, london, bob]).size).toBe(3);
    expect(again).toBe(ada);
    expect(ada).toMatch(/^[A-Z][a-z]{5} [A-Z][a-z]{5}$/);
  });

  test('does not depend on capitals and spaces, but on the label', () => {
    const own = new StandIns('number');
    expect(own.replace('PER', 'Ada Lovelace')).toBe('[PER-1]');
    expect(own.replace('PER', 'ADA\n  LOVELACE')).toBe('[PER-1]');
    expect(own.replace('ORG', 'Ada Lovelace')).toBe('[ORG-1]');
    expect(own.takeNames()).toEqual([
      { standIn: '[PER-1]', label: 'PER', names: ['Ada Lovelace', 'ADA\n  LOVELACE'] },
      { standIn: '[ORG-1]', label: 'ORG', names: ['Ada Lovelace'] },
    ]);
  });

  test('has no number that the text holds itself, and is told where an earlier name has it', () => {
    const ambiguous: string[] = [];
    const own = new StandIns('number', undefined, (standIn) => ambiguous.push(standIn));
    own.avoid('[PER-1] and [PER-3] met Ada, Bob [LOC-x].');
    expect(['Ada', 'Bob'].map((name) => own.replace('PER', name))).toEqual(['[PER-2]', '[PER-4]']);
    own.avoid('[PER-1] left.');
    expect(ambiguous).toEqual([]);
    own.avoid('[PER-4] [PER-2] [PER-4]');
    expect(ambiguous).toEqual(['[PER-4]']);
    own.takeNames();
    expect(own.replace('PER', 'Ada')).toBe('[PER-1]');
  });

  test('begins anew after the names were taken, unless there is a key', () => {
    const own = new StandIns('number');
    own.replace('PER', 'Ada');
    own.takeNames();
    expect(own.replace('PER', 'Bob')).toBe('[PER-1]');
    const keyed = new StandIns('number', bytesOf);
    const ada = keyed.replace('PER', 'Ada');
    expect(ada).toBe('[PER-6164615045]');
    keyed.takeNames();
    expect(keyed.replace('PER', 'Bob')).not.toBe(ada);
    expect(keyed.replace('PER', 'Ada')).toBe(ada);
    expect(new StandIns('pseudonym', bytesOf).replace('PER', 'Ada')).toMatch(/^[A-Z][a-z]{5} [A-Z][a-z]{5}$/);
  });

  test('is another one for each of many names', () => {
    const own = new StandIns('pseudonym');
    const found = new Set(Array.from({ length: 20_000 }, (_, index) => own.replace('PER', `name ${index}`)));
    expect(found.size).toBe(20_000);
  });
});

test('invented names differ where their numbers do', () => {
  const number = fc.integer({ min: 0, max: 2 ** NAME_BITS - 1 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(inventName(a) === inventName(b)).toBe(a === b);
    }),
  );
  expect(inventName(0)).toBe('Bababa Bababa');
  expect(inventName(2 ** NAME_BITS - 1)).toBe('Zozozo Zozozo');
});
