import { expect, test } from 'vitest';
import { explainSentence } from '../../src/explanation/explain-sentence.js';
import { nameMarginals, tagCases } from '../../src/explanation/tag-cases.js';
import { tagReasons } from '../../src/explanation/tag-reasons.js';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import { createTagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import { explained, SENTENCE, VARIED_SETTINGS } from '../helpers/explained.js';
import { drawModel } from '../helpers/small-model.js';
import { createSpreadKernels } from '../helpers/spread-doubles.js';

const STEP = 1e-4;

test.each(['softmax', 'crf'] as const)(
  'with a %s, what a form adds is the score minus that of the sentence with an unknown word in its place',
  (decoder) => {
    const model = drawModel({ settings: { decoder, direction: 'both' } });
    const unrolled = new UnrolledModel(model, createReferenceKernels());
    const { reasons = [], tokens } = explainSentence(model, createTagger(model), unrolled, SENTENCE, undefined, {
      words: [3],
    });
    expect(tokens).toEqual(explained(model).tokens); // every feature is put back
    for (const { token, tag, against, score, contributions } of reasons) {
      expect(tag).toBe(tokens[token].tag);
      const { probabilities } = tokens[token];
      expect(score).toBeCloseTo(Math.log(probabilities[tag] / probabilities[against]), 12);
      expect(contributions).toHaveLength(SENTENCE.length);
      for (const { token: removed, table, adds } of contributions) {
        expect(table).toBe('form');
        const changed = SENTENCE.map((word, t) => (t === removed ? 'unheard' : word));
        const { probabilities: without } = explained(model, changed).tokens[token];
        expect(adds).toBeCloseTo(score - Math.log(without[tag] / without[against]), 5);
      }
    }
  },
);

test('a feature that is unknown anyway adds nothing', () => {
  const model = drawModel();
  const unrolled = new UnrolledModel(model, createReferenceKernels());
  const { reasons = [] } = explainSentence(model, createTagger(model), unrolled, SENTENCE, undefined, { words: [4] });
  expect(SENTENCE[4]).toBe('Bridge');
  expect(reasons[0].contributions.find(({ token }) => token === 4)?.adds).toBe(0);
});

/** A model whose forms alone are as `drawModel` makes them, and all other weights so small that the network is nearly linear. */
function nearlyLinear(settings: SettingsInput) {
  const model = drawModel({ settings, words: SENTENCE });
  const weights = model.network.copyWeights();
  for (const [i, weight] of weights.entries()) weights[i] = weight / 100;
  model.network.setWeights(weights);
  return model;
}

test.each<SettingsInput>([
  { cell: 'elman' },
  { cell: 'feedforward' },
  { cell: 'elman', layers: 2, direction: 'both' },
  { cell: 'elman', input: 'concatenate', features: 'form,shape', window: 1 },
  { cell: 'feedforward', input: 'concatenate', features: 'form,shape,letters' },
])('gradient times input is what removal shows where the network is linear: %o', (settings) => {
  const model = nearlyLinear(settings);
  const unrolled = new UnrolledModel(model, createSpreadKernels());
  const wanted = { words: [0, 3], gradient: true };
  const { reasons = [] } = explainSentence(model, createTagger(model), unrolled, SENTENCE, undefined, wanted);
  for (const { contributions } of reasons) {
    const largest = Math.max(...contributions.map(({ adds }) => Math.abs(adds)));
    expect(largest).toBeGreaterThan(0);
    for (const { adds, gradientTimesInput = Number.NaN } of contributions)
      expect(Math.abs(gradientTimesInput - adds) / largest).toBeLessThan(0.01);
  }
});

test.each(VARIED_SETTINGS)('gradient times input is the central difference by the one-hot vector: %o', (settings) => {
  const model = drawModel({ settings, words: SENTENCE.filter((word) => word !== 'Bridge') });
  const unrolled = new UnrolledModel(model, createSpreadKernels());
  const cases = tagCases(model.language);
  const tables = model.language.features.tables.map(({ name }) => name);
  const form = tables.indexOf('form');
  const [{ token, tag, against, contributions }] = tagReasons(
    unrolled.read(SENTENCE),
    cases,
    tables,
    createTagger(model).predict([SENTENCE])[0].tags,
    { words: [3], gradient: true },
  );
  const sentence = unrolled.read(SENTENCE);
  const { kernels } = sentence.first.network;
  const scoreNow = (): number => {
    const probabilities = nameMarginals(cases, unrolled.read(SENTENCE).marginals())[token];
    return Math.log(probabilities[tag] / probabilities[against]);
  };
  const parts = sentence.first.network.parts.filter((each) => each.part.table === form);
  for (const [t, word] of SENTENCE.entries()) {
    const row = model.language.features.vocabulary.idOf(word);
    const beyond = parts.map(({ rows, width }) =>
      Array.from({ length: width }, (_, i) => kernels.memory[rows + row * width + i] - kernels.memory[rows + i]),
    );
    const move = (by: number): void => {
      for (const [index, { rows, width }] of parts.entries())
        for (const [i, each] of beyond[index].entries()) kernels.memory[rows + row * width + i] += by * each;
    };
    move(STEP);
    const above = scoreNow();
    move(-2 * STEP);
    const below = scoreNow();
    move(STEP);
    const found = contributions.find((each) => each.token === t && each.table === 'form')?.gradientTimesInput;
    expect(found).toBeCloseTo((above - below) / (2 * STEP), 5);
  }
});
