import { expect, test } from 'vitest';
import { pieceF1, placeTokens } from './alignment.js';

const placed = (text: string, tokens: string[]) =>
  placeTokens(text, tokens).map(({ start, end }) => text.slice(start, end));

test('tokens stand where they are in the text', () => {
  expect(placed('Ele foi, sim.', ['Ele', 'foi', ',', 'sim', '.'])).toEqual(['Ele', 'foi', ',', 'sim', '.']);
  expect(placed(' 34 470 ', ['34 470'])).toEqual(['34 470']);
});

test('what annotators split stands where the whole does', () => {
  expect(placed('a capital do Brasil.', ['a', 'capital', 'de', 'o', 'Brasil', '.'])).toEqual([
    'a',
    'capital',
    'do',
    'do',
    'Brasil',
    '.',
  ]);
  expect(placed('gosto dele', ['gosto', 'de', 'ele'])).toEqual(['gosto', 'dele', 'dele']);
  expect(placed('deu-lho.', ['deu', 'lhe', 'o', '.'])).toEqual(['deu', '-lho', '-lho', '.']);
});

test('equal pieces are right, by their characters and their label', () => {
  const [a, b, c] = [
    { label: 'A', start: 0, end: 2 },
    { label: 'B', start: 0, end: 2 },
    { label: 'A', start: 3, end: 4 },
  ] as const;
  expect(pieceF1([{ gold: [a, c], found: [a, b] }])).toBe(0.5);
  expect(
    pieceF1([
      { gold: [a], found: [] },
      { gold: [], found: [a] },
    ]),
  ).toBe(0);
  expect(pieceF1([{ gold: [], found: [] }])).toBe(0);
});
