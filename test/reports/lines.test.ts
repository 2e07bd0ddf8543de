import { describe, expect, test } from 'vitest';
import { wrapLine, wrapLines } from '../../src/reports/lines.js';

describe('a line', () => {
  test('is broken between words where it would be too wide, and goes on behind an indent', () => {
    expect(wrapLine('  gold   a b c dd e', 11, '         ')).toBe(
      '  gold   a\n         b\n         c\n         dd\n         e',
    );
    expect(wrapLine('漢字 漢字 a', 7)).toBe('漢字\n漢字 a');
    expect(wrapLine('a longerthanfive b', 5, ' ')).toBe('a\n longerthanfive\n b');
    expect(wrapLine('any text', undefined)).toBe('any text');
  });
});

describe('a text of several lines', () => {
  test('keeps its lines, and what is broken goes on behind the indent of its line', () => {
    expect(wrapLines('three places:\n  one two three\n  four', 10)).toBe(
      'three\n  places:\n  one two\n    three\n  four',
    );
    expect(wrapLines('a b\n  c', undefined)).toBe('a b\n  c');
  });
});
