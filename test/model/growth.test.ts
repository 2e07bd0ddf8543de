import { describe, expect, test } from 'vitest';
import { growLanguage, inheritWeights } from '../../src/model/growth.js';
import type { Language } from '../../src/model/language.js';
import { Network } from '../../src/model/network.js';
import { planNetwork } from '../../src/model/plan-network.js';
import { SinglePredictor } from '../../src/model/predictor.js';
import { Tagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import { allowedTransitions } from '../../src/text/transitions.js';
import { drawWeights, weightsOf } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';

const OLD_TAGS = ['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O'];
const NEW_TAGS = ['B-ANIMAL', 'I-ANIMAL', 'O'];
const OLD_WORDS = ['.', 'in', 'Ada', 'Adam', 'Linda', 'London', 'lives', 'gives'];
/** Which share neither letters nor shapes with the old ones. */
const NEW_WORDS = ['ωψ-1', 'ωψ-2', 'χφ-22', 'χφ-33'];

const SHAPES: readonly (readonly [string, SettingsInput])[] = [
  ['the textbook network', {}],
  ['summed rows in both directions', { features: 'form,affixes,shape', direction: 'both', cell: 'lstm' }],
  [
    'the default network, smaller',
    {
      ...{ features: 'form,affixes,shape,casing', input: 'concatenate', window: 1, decoder: 'crf' },
      ...{ cell: 'gru', direction: 'both', layers: 2, formWidth: 5, affixWidth: 3 },
    },
  ],
  ['a network that reads letters', { features: 'form,shape,letters', input: 'concatenate', formWidth: 5 }],
];

function grow(settings: SettingsInput) {
  const old = drawModel({ words: OLD_WORDS, tags: OLD_TAGS, settings });
  const found = drawModel({ words: NEW_WORDS, tags: NEW_TAGS, settings }).language;
  const language = growLanguage(old.language, found, 1000);
  return { old, language, network: createGrown(language, old.settings) };
}

function createGrown(language: Language, settings: Parameters<typeof planNetwork>[0]): Network {
  const { tags, features, innerScheme } = language;
  const plan = planNetwork(settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
  const network = new Network(createReferenceKernels(), plan);
  drawWeights(network, 77);
  return network;
}

/** Makes tags that the old model had not as good as impossible. */
function forbidNewTags({ language, network }: { language: Language; network: Network }): void {
  const bias = network.weightsOf('output.bias');
  for (const [index, tag] of language.tags.entries())
    if (!OLD_TAGS.includes(tag)) network.kernels.memory[bias + index] = -1000;
}

describe.each(SHAPES)('%s', (_, settings) => {
  test('tags old words as before, when it has grown and new tags are left out', () => {
    const { old, language, network } = grow(settings);
    inheritWeights({ network: old.network, language: old.language }, { network, language });
    forbidNewTags({ language, network });
    const sentences = [
      ['Ada', 'lives', 'in', 'London', '.'],
      ['Linda', 'gives'],
      ['Adam', '.', 'in', 'in', 'Ada'],
    ];
    const before = taggerOf(old).predict(sentences);
    const after = new Tagger(language, new SinglePredictor(network)).predict(sentences);
    expect(after.map(({ tags }) => tags)).toEqual(before.map(({ tags }) => tags));
    for (const [index, { probabilities }] of before.entries())
      for (const [t, probability] of probabilities.entries())
        expect(after[index].probabilities[t]).toBeCloseTo(probability, 4);
  });

  test('has the same weights where there is nothing new', () => {
    const old = drawModel({ words: OLD_WORDS, tags: OLD_TAGS, settings });
    const language = growLanguage(old.language, old.language, 1000);
    const network = createGrown(language, old.settings);
    inheritWeights({ network: old.network, language: old.language }, { network, language });
    expect(weightsOf(network)).toEqual(weightsOf(old.network));
  });

  test('keeps what it drew for new words and tags', () => {
    const { old, language, network } = grow(settings);
    const drawn = weightsOf(network);
    const bias = network.weightsOf('output.bias') - network.weights;
    inheritWeights({ network: old.network, language: old.language }, { network, language });
    const animal = language.tags.indexOf('B-ANIMAL');
    expect(weightsOf(network)[bias + animal]).toBe(drawn[bias + animal]);
  });
});

describe('a language that grows', () => {
  const { language: old } = drawModel({ words: OLD_WORDS, tags: OLD_TAGS, settings: { features: 'form,suffixes' } });
  const { language: found } = drawModel({ words: NEW_WORDS, tags: NEW_TAGS, settings: { features: 'form,suffixes' } });

  test('has the old words and values first, all tags in order, and spells tags as before', () => {
    const grown = growLanguage(old, found, 1000);
    expect(grown.features.vocabulary.words).toEqual([...OLD_WORDS, ...NEW_WORDS]);
    expect(grown.tags).toEqual(['B-ANIMAL', 'B-LOC', 'B-PER', 'I-ANIMAL', 'I-LOC', 'I-PER', 'O']);
    expect(grown.scheme).toBe(old.scheme);
    for (const [index, { values }] of old.features.others.entries()) {
      const now = grown.features.others[index].values;
      expect(now.slice(0, values.length)).toEqual(values);
      expect(new Set(now).size).toBe(now.length);
    }
  });

  test('takes new words only while there is room, and loses none', () => {
    expect(growLanguage(old, found, OLD_WORDS.length + 3).features.vocabulary.words).toEqual([
      ...OLD_WORDS,
      ...NEW_WORDS.slice(0, 2),
    ]);
    expect(growLanguage(old, found, 2).features.vocabulary.words).toEqual(OLD_WORDS);
  });
});

test('a network that learns words by another takes the row of all others for those that the other lacks', () => {
  const settings: SettingsInput = { features: 'form,shape,letters', input: 'concatenate', formWidth: 5 };
  const small = drawModel({ words: OLD_WORDS, settings });
  const language = growLanguage(small.language, drawModel({ words: NEW_WORDS, settings }).language, 1000);
  const network = createGrown(language, small.settings);
  inheritWeights({ network: small.network, language: small.language }, { network, language }, { newRows: 'others' });
  const sentences = [NEW_WORDS, ['Ada', NEW_WORDS[0] as string, 'lives'], OLD_WORDS];
  const whole = new Tagger(language, new SinglePredictor(network)).predict(sentences);
  expect(whole).toEqual(taggerOf(small).predict(sentences));
});
