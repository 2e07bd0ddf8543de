import { describe, expect, test } from 'vitest';
import { textTable } from '../../src/reports/table.js';

describe('a table', () => {
  test('has its first column to the left, the others to the right, and no colour', () => {
    expect(
      textTable(
        ['name', 'n'],
        [
          ['a', '1,000'],
          ['longer', '7'],
        ],
      ),
    ).toBe(['name        n', 'a       1,000', 'longer      7', ''].join('\n'));
  });

  test('keeps its columns where letters are not ASCII', () => {
    expect(
      textTable(
        ['é', 'n'],
        [
          ['名前', '1'],
          ['Személy', '2'],
        ],
      ),
    ).toBe(['é        n', '名前     1', 'Személy  2', ''].join('\n'));
  });

  test('keeps its columns where accents are characters of their own', () => {
    expect(textTable(['e\u0301', 'n'], [['ab', '1']])).toBe('e\u0301   n\nab  1\n');
  });

  test('of 200,000 rows takes no longer than a test may', () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [`L${index}`, '1']);
    expect(textTable(['', 'n'], rows).length).toBe(200_001 * 11);
  });
});
