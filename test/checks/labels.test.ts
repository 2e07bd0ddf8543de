import { describe, expect, test } from 'vitest';
import { corpusOf, found } from '../helpers/checks.js';

/** So many sentences of one entity each. */
function entities(label: string, count: number): string {
  return corpusOf(...Array.from({ length: count }, (_, index) => `${label.toLowerCase()}${index} B-${label}`));
}

describe('rare labels:', () => {
  test('fewer than 20 examples', () => {
    expect(found(entities('PER', 20) + entities('LOC', 19), ['rare-label'])).toEqual([
      'rare-label train.conll:41: LOC: 19, first "loc0"',
    ]);
  });

  test('tags count where they spell no spans', () => {
    expect(found(corpusOf('The DT'.concat(' a DT'.repeat(19), ' bank NN')), ['rare-label'])).toEqual([
      'rare-label train.conll:21: NN: 1, first "bank"',
    ]);
  });

  test('those of dev and test do not count', () => {
    expect(found({ train: entities('PER', 20), dev: entities('PER', 1) }, ['rare-label'])).toEqual([]);
  });
});

test('labels of dev and test that the training corpus lacks', () => {
  const texts = {
    train: corpusOf('Ada B-PER'),
    dev: corpusOf('Rome B-LOC', 'Oslo B-LOC'),
    test: corpusOf('Bob B-PER'),
  };
  expect(found(texts, ['unseen-label'])).toEqual(['unseen-label dev.conll:1: LOC: 2 in dev, first "Rome"']);
});

describe('labels that look alike:', () => {
  const variantsOf = (text: string): string[] => found(text, ['label-variants']);

  test.each(['Per', 'per'])('by case: %s', (label) => {
    expect(variantsOf(entities('PER', 3) + entities(label, 2))).toEqual([
      `label-variants train.conll:7: ${label} (2) and PER (3), first "per0"`,
    ]);
  });

  test('by hyphens and underscores', () => {
    expect(variantsOf(entities('creative-work', 3) + entities('Creative_Work', 3))).toHaveLength(1);
  });

  test.each(['PRE', 'PERR', 'PE', 'PEK'])('by a typo, where it is rare: %s', (label) => {
    expect(variantsOf(entities('PER', 60) + entities(label, 3))).toHaveLength(1);
    expect(variantsOf(entities('PER', 60) + entities(label, 4))).toEqual([]);
  });

  test.each(['LOC', 'PERSON', 'P'])('not where several letters differ: %s', (label) => {
    expect(variantsOf(entities('PER', 60) + entities(label, 1))).toEqual([]);
  });

  test('not by a digit', () => {
    expect(variantsOf(entities('ARG0', 60) + entities('ARG1', 1))).toEqual([]);
  });

  test('not among short parts of speech', () => {
    expect(variantsOf(corpusOf('a NN'.concat(' a NN'.repeat(60), ' b NNS')))).toEqual([]);
  });

  test('across the parts', () => {
    expect(found({ train: entities('PER', 2), dev: entities('Per', 1) }, ['label-variants'])).toEqual([
      'label-variants dev.conll:1: Per (1) and PER (2), first "per0"',
    ]);
  });
});
