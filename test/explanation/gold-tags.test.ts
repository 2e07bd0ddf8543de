import { expect, test } from 'vitest';
import { readGold } from '../../src/explanation/gold-tags.js';
import { drawModel } from '../helpers/small-model.js';

const TOKENS = ['Ada', 'lives', 'in'];
const { language } = drawModel({ tags: ['B-PER', 'E-PER', 'O', 'S-LOC'], settings: { recode: true } });
const read = (tags: string): readonly number[] =>
  readGold(tags.split(' '), TOKENS, { name: 'iob2', outside: 'O' }, language).numbers;

test('gold tags become those of the network', () => {
  expect(read('B-PER I-PER B-LOC')).toEqual([0, 1, 3]);
});

test.each([
  ['B-PER O O', 'gold tags: the model knows no PER of one word, as at token 1, Ada'],
  ['B-PER I-PER I-PER', 'gold tags: the model knows no PER of more than two words, as at token 2, lives'],
  ['O B-LOC I-LOC', 'gold tags: the model knows no LOC of more than one word, as at token 2, lives'],
  ['O B-ZOO O', 'gold tags: the model does not know the tag B-ZOO (S-ZOO in the network) of token 2, lives'],
])('gold tags %s are refused for what the model does not know of them', (tags, message) => {
  expect(() => read(tags)).toThrow(message);
});
