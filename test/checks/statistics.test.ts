import { expect, test } from 'vitest';
import { checkCorpus, corpusFile, corpusOf } from '../helpers/checks.js';

test('each part is measured, dev beside train', () => {
  const train = `${corpusOf('Rome B-LOC is O big O', 'Rome B-ORG won O')}-DOCSTART- O\n\n${corpusOf('Ada B-PER Byron I-PER won O')}`;
  const dev = corpusOf('Rome B-LOC lost O', 'Oslo B-LOC won O');
  const { statistics } = checkCorpus({ train: [corpusFile(train)], dev: [corpusFile(dev, 'dev.conll')] }, {});
  expect(statistics).toEqual([
    {
      name: 'train',
      documents: 2,
      sentences: 3,
      tokens: 8,
      longestSentence: 3,
      words: 6,
      ambiguousWords: 1,
      ambiguity: 2 / 8,
      entities: 3,
      labels: [
        ['LOC', 1],
        ['ORG', 1],
        ['PER', 1],
      ],
    },
    {
      name: 'dev',
      documents: 1,
      sentences: 2,
      tokens: 4,
      longestSentence: 2,
      words: 4,
      ambiguousWords: 0,
      ambiguity: 0,
      entities: 2,
      labels: [['LOC', 2]],
      unknownRate: 2 / 4,
      unseenEntities: 1 / 2,
    },
  ]);
});

test('being no entity is a label of its own', () => {
  const { statistics } = checkCorpus({ train: [corpusFile(corpusOf('May B-PER may O', 'May O'))] }, {});
  expect(statistics[0]).toMatchObject({ ambiguousWords: 1, ambiguity: 2 / 3 });
});

test('parts of speech have labels and no entities', () => {
  const { statistics } = checkCorpus({ train: [corpusFile(corpusOf('can MD can VB run VB'))] }, {});
  expect(statistics[0]).toMatchObject({
    entities: 0,
    ambiguousWords: 1,
    labels: [
      ['MD', 1],
      ['VB', 2],
    ],
  });
});
