import { expect, test } from 'vitest';
import { Lexicon } from '../../src/model/lexicon.js';
import { drawModel } from '../helpers/small-model.js';

test('a token with a mark is a word of its own, and no other token is that word, whatever characters it has', () => {
  const lexicon = new Lexicon(drawModel({ names: ['Paris'] }).language.features);
  const words = [
    lexicon.add('Paris'),
    lexicon.add('Paris', 4),
    lexicon.add('Paris\u00004'),
    lexicon.add('Paris\u00004', 4),
    lexicon.add('4'),
  ];
  expect(words).toEqual([0, 1, 2, 3, 4]);
  expect(lexicon.size).toBe(5);
  expect([lexicon.add('Paris', 4), lexicon.add('Paris\u00004')]).toEqual([1, 2]);
});
