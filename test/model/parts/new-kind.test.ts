import { afterAll, describe, expect, test, vi } from 'vitest';
import { growLanguage, inheritWeights } from '../../../src/model/growth.js';
import { inspectModel } from '../../../src/model/inspection.js';
import { Network } from '../../../src/model/network.js';
import type { NetworkPlan } from '../../../src/model/plan.js';
import { planNetwork } from '../../../src/model/plan-network.js';
import { Random } from '../../../src/numerics/random.js';
import { createReferenceKernels } from '../../../src/numerics/reference.js';
import type { SettingsInput } from '../../../src/settings/settings.js';
import { allowedTransitions } from '../../../src/text/transitions.js';
import { relativeError } from '../../helpers/network-gradient.js';
import {
  drawWeights,
  parametersOf,
  plannedTable,
  smallPlan,
  weightsNamed,
  withLetters,
  withVectors,
} from '../../helpers/networks.js';
import { sentenceOf } from '../../helpers/small-corpus.js';
import { drawModel } from '../../helpers/small-model.js';
import { createTrainee, runTraining } from '../../helpers/training-run.js';
import { LENGTH } from './word-length.js';

// Files of a process share its modules: none loaded earlier may be used here, and none loaded here may stay.
vi.hoisted(() => vi.resetModules());
afterAll(() => {
  vi.resetModules();
});

// What a new kind of table takes beside its file: a line in the list of kinds.
vi.mock('../../../src/model/parts/kinds.js', async (original) => {
  const { KINDS_OF_PARTS } = await original<typeof import('../../../src/model/parts/kinds.js')>();
  const { wordLength } = await import('./word-length.js');
  return { KINDS_OF_PARTS: { ...KINDS_OF_PARTS, wordLength } };
});

const SIDE_BY_SIDE = { input: 'concatenate', formWidth: 5, affixWidth: 3 } as const satisfies SettingsInput;

function withLength(plan: NetworkPlan): NetworkPlan {
  return { ...plan, tables: [...plan.tables, plannedTable('length', 6, 4, { part: 'wordLength' })] };
}

describe('a network with a table of a new kind', () => {
  test.each([
    withLength(smallPlan({ input: 'concatenate', cell: 'gru', direction: 'both', inputDropout: 0.3, dropout: 0.4 })),
    withLength(withLetters(withVectors({ cell: 'lstm', window: 1, decoder: 'crf' }))),
  ])('has the gradient that central differences have: $cell, window $window', (plan) => {
    expect(relativeError(plan, [9, 4, 4, 1])).toBeLessThan(1e-6);
  });

  test('begins with the weights that it has without the table, and others for the table', () => {
    const plan = withLetters(withVectors({ window: 1, decoder: 'crf' }));
    const [without, beside] = [plan, withLength(plan)].map((each) => {
      const network = new Network(createReferenceKernels(), each);
      network.initialise(new Random(1));
      return network;
    });
    for (const { name } of parametersOf(without))
      expect(weightsNamed(beside, name)).toEqual(weightsNamed(without, name));
    const rows = weightsNamed(beside, 'input.length');
    expect(new Set(rows).size).toBe(6 * 4);
    expect(Math.max(...rows.map(Math.abs))).toBeLessThanOrEqual(0.5);
  });

  test('learns what only the table tells, and tags words that it never saw by it', async () => {
    const words = (seed: number): string[] =>
      Array.from({ length: 60 }, (_, index) => {
        const random = new Random(seed, index);
        return Array.from({ length: 2 + 3 * random.below(2) }, () => 'bcdfgh'[random.below(6)]).join('');
      });
    const tagOf = (word: string): string => (word.length > 3 ? 'B-LONG' : 'O');
    const sentences = words(1).map((word) => sentenceOf(`${word}/${tagOf(word)}`));
    const given: SettingsInput = {
      ...SIDE_BY_SIDE,
      features: 'casing',
      optimizer: 'adam',
      hidden: 16,
      learningRate: 0.02,
      epochs: 30,
    };
    const trainee = createTrainee(sentences, given, {}, createReferenceKernels(), [LENGTH]);
    await runTraining(trainee.options);
    const unseen = words(2);
    const tagged = trainee.tagger.predict(unseen.map((word) => [word]));
    expect(tagged.map(({ tags }) => tags[0])).toEqual(unseen.map(tagOf));
    expect(new Set(unseen.map(tagOf)).size).toBe(2);
  });
});

describe('a model with a table of a new kind', () => {
  const settings: SettingsInput = { ...SIDE_BY_SIDE, features: 'form,shape' };
  const old = drawModel({ words: ['Ada', 'Bob', 'London', 'Berlin'], settings, moreFeatures: [LENGTH] });
  const found = drawModel({ words: ['a', 'b', 'cab', 'cob'], settings, moreFeatures: [LENGTH] });

  test('shows it to those who inspect it', () => {
    const { features, parameters } = inspectModel(old);
    expect(features).toContainEqual({ name: 'length', values: 2 });
    expect(parameters.find(({ name }) => name === 'input.length')?.shape).toEqual([3, 4]);
    expect(parameters.find(({ name }) => name === 'input.length.weights')?.shape).toEqual([4, 6]);
  });

  test('keeps the rows of the values it knew when it grows, wherever they stand, and draws those of new ones', () => {
    const language = growLanguage(old.language, found.language, 100);
    const valuesOf = ({ features }: typeof language) =>
      features.tables.find(({ name }) => name === 'length')?.values ?? [];
    expect([...valuesOf(language)].sort()).toEqual(['1', '3', '6']);
    expect(valuesOf(old.language)).toHaveLength(2);
    const { tags, features, innerScheme } = language;
    const plan = planNetwork(old.settings, features.tables, tags.length, allowedTransitions(tags, innerScheme));
    const network = new Network(createReferenceKernels(), plan);
    drawWeights(network, 7);
    const rowOf = (of: Network, known: readonly string[], value: string): number[] => {
      const row = known.indexOf(value) + 1;
      return weightsNamed(of, 'input.length').slice(4 * row, 4 * row + 4);
    };
    const drawn = rowOf(network, valuesOf(language), '1');
    inheritWeights({ network: old.network, language: old.language }, { network, language });
    for (const value of ['3', '6', 'any other'])
      expect(rowOf(network, valuesOf(language), value)).toEqual(rowOf(old.network, valuesOf(old.language), value));
    expect(rowOf(network, valuesOf(language), '1')).toEqual(drawn);
  });
});
