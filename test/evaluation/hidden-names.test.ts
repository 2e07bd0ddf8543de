import { describe, expect, test } from 'vitest';
import { hidingOfSentences, measureHiding } from '../../src/evaluation/hidden-names.js';
import { countLevels } from '../../src/model/hiding-scores.js';
import { createTagger } from '../../src/model/tagger.js';
import type { Sentence } from '../../src/text/sentence.js';
import { drawModel } from '../helpers/small-model.js';

const model = drawModel();
const tagger = createTagger(model);
const { scheme } = model.language;

const TOKENS = ['Ada', 'lives', 'in', 'London', '.'];
const [levels = []] = tagger.hidingLevels([TOKENS], 1);

function sentenceOf(tags: readonly string[], possible?: Sentence['possible']): Sentence {
  return { tokens: TOKENS, tags, document: 0, line: 1, ...(possible && { possible }) };
}

describe('what dev says of hiding', () => {
  test('is the level of the least sure token of each name, and that of each other token', () => {
    const sentences = [sentenceOf(['B-PER', 'I-PER', 'O', 'B-LOC', 'O'])];
    const names = [Math.min(levels[0] ?? 0, levels[1] ?? 0), levels[3] ?? 0];
    const outside = [levels[2] ?? 0, levels[4] ?? 0];
    expect(hidingOfSentences(tagger, 1, { sentences, scheme })).toEqual([{ names, outside }]);
    expect(measureHiding(tagger, 1, { sentences, scheme })).toEqual({
      names: [names],
      outside: countLevels(outside),
    });
  });

  test('keeps the names of ten neighbouring sentences together, or those of a document that the corpus marks', () => {
    const tags = ['B-PER', 'O', 'O', 'O', 'O'];
    const sentences = Array.from({ length: 60 }, () => sentenceOf(tags));
    const sizes = (list: readonly Sentence[]) =>
      measureHiding(tagger, 1, { sentences: list, scheme })?.names.map(({ length }) => length);
    expect(sizes(sentences)).toEqual(new Array(6).fill(10));
    const marked = sentences.map((sentence, index) => ({
      ...sentence,
      document: Math.floor(index / 3),
      isOfMarkedDocument: true as const,
    }));
    expect(sizes(marked)).toEqual(new Array(20).fill(3));
    expect(sizes(marked.slice(0, 30))).toEqual(new Array(3).fill(10));
  });

  test('leaves out tokens of which nobody knows whether they are in a name', () => {
    const sentences = [sentenceOf(['B-PER', 'O', 'O', 'O', 'O'], [undefined, undefined, 'any', 'any', undefined])];
    const [found] = hidingOfSentences(tagger, 1, { sentences, scheme });
    expect(found).toEqual({ names: [levels[0]], outside: [levels[1], levels[4]] });
  });

  test('is nothing where dev has no name, or tags mark none', () => {
    expect(measureHiding(tagger, 1, { sentences: [sentenceOf(TOKENS.map(() => 'O'))], scheme })).toBeUndefined();
    const plain = drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } });
    const sentences = [sentenceOf(TOKENS.map(() => 'NN'))];
    expect(measureHiding(createTagger(plain), 1, { sentences, scheme: plain.language.scheme })).toBeUndefined();
  });
});
