import { expect, test } from 'vitest';
import { createTagger } from '../../src/model/tagger.js';
import { createKernels } from '../../src/numerics/fastest.js';
import { explained, GOLD, SENTENCE, VARIED_SETTINGS } from '../helpers/explained.js';
import { logitsOf } from '../helpers/logits.js';
import { drawModel } from '../helpers/small-model.js';

/** The largest difference of a probability between tagging, which rounds, and the floats that are explained. */
const ROUNDING = 5e-4;

test.each(VARIED_SETTINGS)('tags, readings and confidences are those of tagging: %o', (settings) => {
  const model = drawModel({ settings });
  const { tokens, readings, spans } = explained(model);
  const [prediction] = createTagger(model).predict([SENTENCE], { confidence: true, top: 3 });
  expect(tokens.map(({ tag }) => tag)).toEqual(prediction.tags);
  expect(readings).toEqual(prediction.alternatives);
  expect(spans.map(({ confidence }) => confidence)).toEqual(prediction.confidences);
  for (const [t, { tag, probabilities }] of tokens.entries())
    if (model.network.plan.decoder === 'softmax')
      expect(Math.abs(probabilities[tag] - prediction.probabilities[t])).toBeLessThan(ROUNDING);
});

test.each(VARIED_SETTINGS)('the numbers are to the bit those of the plain kernels: %o', (settings) => {
  const model = drawModel({ settings });
  expect(explained(model, SENTENCE, GOLD, createKernels())).toEqual(explained(model, SENTENCE, GOLD));
});

test('the hidden state of Elman is tanh(Wx·x + Wh·h + b), and y the softmax of Wy·h + by', () => {
  const model = drawModel({ settings: { cell: 'elman' } });
  const { tokens, states } = explained(model);
  const [logits] = logitsOf(model, [SENTENCE]);
  expect(states).toEqual([{ network: 1, layer: 1, direction: 'forward' }]);
  const weights = (name: string): ((row: number, column: number) => number) => {
    const place = [...model.network.layout.tables, ...model.network.layout.dense].find((each) => each.name === name);
    return (row, column) =>
      model.network.kernels.memory[model.network.weights + (place?.offset ?? 0) + row * (place?.width ?? 0) + column];
  };
  const [Wx, Wh, b] = ['input.form', 'forward.weights', 'input.bias'].map(weights);
  let h = new Array<number>(6).fill(0);
  for (const [t, { vocabulary, hidden, probabilities }] of tokens.entries()) {
    const before = h;
    h = before.map((_, i) =>
      Math.tanh(Wx(vocabulary.index, i) + b(0, i) + before.reduce((sum, state, j) => sum + state * Wh(j, i), 0)),
    );
    for (const [i, state] of h.entries()) expect(hidden[0][i]).toBeCloseTo(state, 5);
    const total = logits[t].reduce((sum, logit) => sum + Math.exp(logit), 0);
    for (const [k, tag] of model.language.tags.entries())
      expect(Math.abs(probabilities[tag] - Math.exp(logits[t][k]) / total)).toBeLessThan(ROUNDING);
  }
});

test('gates are told of cells that have some, as means from 0 to 1', () => {
  const gatesOf = (cell: 'elman' | 'gru' | 'lstm') => explained(drawModel({ settings: { cell } })).tokens[1].gates;
  expect(gatesOf('elman')).toBeUndefined();
  expect(Object.keys(gatesOf('gru')?.[0] ?? {})).toEqual(['reset', 'update']);
  const lstm = gatesOf('lstm')?.[0] ?? {};
  expect(Object.keys(lstm)).toEqual(['input', 'forget', 'output']);
  for (const open of Object.values(lstm)) expect(open > 0 && open < 1).toBe(true);
});

test('the scores along the path of a random field add up to its score, the highest of all', () => {
  const model = drawModel({ settings: { decoder: 'crf' } });
  const { tokens, end = 0, readings } = explained(model);
  const score = tokens.reduce((sum, { path }) => sum + (path?.emission ?? 0) + (path?.transition ?? 0), end);
  expect(tokens.map(({ path }) => path?.tag)).toEqual(tokens.map(({ tag }) => tag));
  expect(Number.isFinite(score)).toBe(true);
  expect(readings[0].probability).toBeGreaterThanOrEqual(readings[1].probability);
});

test('an ensemble tells the opinion of each network, and its states are those of all', () => {
  const [first, second] = [1, 2].map((seed) => drawModel({ seed, settings: { decoder: 'crf', cell: 'gru' } }));
  const model = drawModel({ seed: 1, settings: { decoder: 'crf', cell: 'gru' }, kernels: second.network.kernels });
  const { states, opinions, tokens, loss, reach } = explained({ ...model, others: [second] }, SENTENCE, GOLD);
  expect(states.map(({ network }) => network)).toEqual([1, 2]);
  for (const [index, own] of [first, second].entries()) {
    const alone = explained(own, SENTENCE, GOLD);
    expect(opinions?.[index].probabilities).toEqual(alone.tokens.map(({ probabilities }) => probabilities));
    expect(opinions?.[index].tags).toEqual(alone.tokens.map(({ tag }) => tag));
    expect(opinions?.[index].reach).toEqual(alone.reach);
    expect(opinions?.[index].losses).toEqual(alone.tokens.map((token) => token.loss));
    expect(tokens.map(({ hidden }) => hidden[index])).toEqual(alone.tokens.map(({ hidden }) => hidden[0]));
  }
  expect(tokens.reduce((sum, token) => sum + (token.loss ?? 0), 0)).toBeCloseTo(loss ?? 0, 12);
  expect(reach).toHaveLength(SENTENCE.length);
  const [prediction] = createTagger({ ...model, others: [second] }).predict([SENTENCE]);
  expect(tokens.map(({ tag }) => tag)).toEqual(prediction.tags);
});

test('words name rows of each table; an unknown word is position 0', () => {
  const model = drawModel({ settings: { input: 'concatenate', features: 'form,shape,letters' } });
  const [ada, , , , bridge] = explained(model).tokens;
  const { size } = model.language.features.vocabulary;
  expect(ada.vocabulary).toEqual({ index: model.language.features.vocabulary.idOf('Ada'), size });
  expect(bridge.vocabulary.index).toBe(0);
  expect(bridge.features.map(({ table }) => table)).toEqual(['form', 'shape', 'letters']);
  expect(bridge.features[0]).toEqual({ table: 'form', size, rows: [{ row: 0 }] });
  expect(ada.features[0].rows).toEqual([{ row: ada.vocabulary.index, value: 'Ada' }]);
});

test('words name rows of dictionaries as they stand in the sentence, by the label of the dictionary', () => {
  const model = drawModel({ names: ['Ada', 'london Bridge'] });
  const { tokens } = explained(model);
  const rows = tokens.map(({ features }) => features.find(({ table }) => table === 'dictionary1'));
  expect(rows.map((each) => each?.label)).toEqual(SENTENCE.map(() => 'X'));
  expect(rows.map((each) => each?.rows[0].value)).toEqual([
    'single',
    undefined,
    undefined,
    'begin, other case',
    'end, other case',
    undefined,
  ]);
});
