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
});
