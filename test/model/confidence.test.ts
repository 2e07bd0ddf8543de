import { describe, expect, test } from 'vitest';
import type { Model } from '../../src/model/model.js';
import { Network } from '../../src/model/network.js';
import { createTagger } from '../../src/model/tagger.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import { recode, type Scheme, spansOf } from '../../src/text/scheme.js';
import { sequencesOf } from '../helpers/arbitraries.js';
import { drawWeights } from '../helpers/networks.js';
import { drawModel } from '../helpers/small-model.js';
import { tagDirectly } from '../helpers/tagging.js';
import { logSumExp } from '../helpers/textbook/sums.js';

const SENTENCES = [
  ['Ada', 'lives', 'in', 'London'],
  ['London', 'London', 'Ada', 'Ada', 'in'],
  ['Nobody'],
  ['in', 'Ada', 'London'],
  [],
];
const BIOES = ['B-A', 'E-A', 'I-A', 'O', 'S-A', 'S-B'];
const CASES: Record<string, { tags: string[]; scheme: Scheme; settings: object; temperature?: number }> = {
  'a CRF over BIOES': {
    tags: BIOES,
    scheme: { name: 'iob2', outside: 'O' },
    settings: { decoder: 'crf', recode: true },
  },
  'the same, tempered': {
    tags: BIOES,
    scheme: { name: 'bioes', outside: 'O' },
    settings: { decoder: 'crf', recode: true },
    temperature: 1.7,
  },
  'a CRF over IOB2': {
    tags: ['B-A', 'B-B', 'I-A', 'I-B', 'O'],
    scheme: { name: 'iob2', outside: 'O' },
    settings: { decoder: 'crf', recode: false },
  },
  'a CRF over IOB1': {
    tags: ['B-A', 'I-A', 'I-B', 'O'],
    scheme: { name: 'iob1', outside: 'O' },
    settings: { decoder: 'crf', recode: false },
  },
  'a CRF over labels': {
    tags: ['A', 'B', 'O'],
    scheme: { name: 'plain', outside: 'O' },
    settings: { decoder: 'crf', recode: false },
  },
  'labels that the network spells as BIOES': {
    tags: BIOES,
    scheme: { name: 'plain', outside: 'O' },
    settings: { decoder: 'crf', recode: true },
  },
  'a softmax over BIOES': {
    tags: BIOES,
    scheme: { name: 'iob2', outside: 'O' },
    settings: { decoder: 'softmax', recode: true },
    temperature: 0.6,
  },
};

interface Path {
  readonly tags: readonly string[];
  readonly probability: number;
}

/** Every sequence of tags of a sentence that decoding allows, the most probable first. */
function allPaths({ network, language, temperature = 1 }: Model, sentence: readonly string[]): Path[] {
  const { kernels, plan, widths } = network;
  const words = Int32Array.from(sentence, (word) => language.features.vocabulary.words.indexOf(word) + 1);
  const [{ logits }] = tagDirectly(network, [{ words, targets: new Int32Array(sentence.length) }]);
  const { tags: W } = widths;
  const K = plan.tags;
  const isCrf = plan.decoder === 'crf';
  const weight = (row: number, column: number): number =>
    plan.allowed[row * K + column] === 0
      ? Number.NEGATIVE_INFINITY
      : isCrf
        ? kernels.memory[network.weightsOf('crf.transitions') + (row >= K ? W + row - K : row) * W + column]
        : 0;
  const paths = [...sequencesOf([...Array(K).keys()], sentence.length)].map((path) => ({
    path,
    score:
      path.reduce(
        (sum, tag, t) => sum + logits[t][tag] + weight(t === 0 ? K : path[t - 1], tag),
        weight(K + 1, path[path.length - 1]),
      ) / temperature,
  }));
  const total = logSumExp(paths.map(({ score }) => score));
  return paths
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score)
    .map(({ path, score }) => ({
      tags: recode(
        path.map((tag) => language.tags[tag]),
        language.innerScheme,
        language.scheme,
      ),
      probability: Math.exp(score - total),
    }));
}

describe.each(Object.entries(CASES))('%s, held against all sequences of tags one by one:', (_, options) => {
  const modelOf = (kernels = createReferenceKernels()): Model => ({
    ...drawModel({ ...options, kernels }),
    ...(options.temperature !== undefined && { temperature: options.temperature }),
  });
  const predictions = createTagger(modelOf()).predict(SENTENCES, { confidence: true, top: 4 });
  const paths = SENTENCES.map((sentence) => (sentence.length > 0 ? allPaths(modelOf(), sentence) : []));

  test('a span is as probable as all that have exactly this span, together', () => {
    let spans = 0;
    for (const [index, { tags, confidences = [] }] of predictions.entries()) {
      for (const [place, { label, start, end }] of spansOf(tags, options.scheme).entries()) {
        const share = paths[index]
          .filter((path) =>
            spansOf(path.tags, options.scheme).some(
              (span) => span.label === label && span.start === start && span.end === end,
            ),
          )
          .reduce((sum, { probability }) => sum + probability, 0);
        expect(confidences[place]).toBeCloseTo(share, 5);
        spans++;
      }
    }
    expect(spans).toBeGreaterThan(0);
  });

  test('given spans, and others in their place, are as probable as all sequences that have them', () => {
    const given = SENTENCES.map((tokens) => (tokens.length > 2 ? [{ label: 'A', start: 1, end: 3 }] : []));
    const judged = createTagger(modelOf()).judge(
      SENTENCES.map((tokens, index) => ({ tokens, spans: given[index] ?? [] })),
    );
    expect(judged.flat().length).toBeGreaterThan(given.flat().length);
    for (const [index, spans] of judged.entries()) {
      expect(spans.slice(0, given[index].length)).toMatchObject(given[index]);
      for (const { label, start, end, probability } of spans) {
        const share = paths[index]
          .filter((path) =>
            spansOf(path.tags, options.scheme).some(
              (span) => span.label === label && span.start === start && span.end === end,
            ),
          )
          .reduce((sum, path) => sum + path.probability, 0);
        expect(probability).toBeCloseTo(share, 5);
      }
    }
  });

  test('alternatives are the most probable ones', () => {
    for (const [index, { tags, alternatives = [] }] of predictions.entries()) {
      if (SENTENCES[index].length === 0) {
        expect(alternatives).toEqual([{ tags: [], probability: 1 }]);
        continue;
      }
      const expected = paths[index].slice(0, 4);
      expect(alternatives.map((each) => each.tags)).toEqual(expected.map((each) => each.tags));
      for (const [rank, { probability }] of alternatives.entries())
        expect(probability).toBeCloseTo(expected[rank].probability, 5);
      expect(alternatives[0]?.tags).toEqual(tags);
    }
  });

  test('both have the same bits in WebAssembly, and whatever stands beside a sentence', () => {
    const fast = createTagger(modelOf(createWasmKernels()));
    expect(fast.predict(SENTENCES, { confidence: true, top: 4 })).toEqual(predictions);
    for (const [index, sentence] of SENTENCES.entries())
      expect(fast.predict([sentence], { confidence: true, top: 4 })).toEqual([predictions[index]]);
  });

  test('tags are the same where nobody asks', () => {
    const plain = createTagger(modelOf()).predict(SENTENCES);
    expect(plain.map(({ tags }) => tags)).toEqual(predictions.map(({ tags }) => tags));
    expect(plain[0]).not.toHaveProperty('confidences');
  });
});

test.each(['crf', 'softmax'] as const)(
  'a %s judges tags that spell no spans by the share of all sequences',
  (decoder) => {
    const options = {
      tags: ['A', 'B', 'C'],
      scheme: { name: 'plain', outside: undefined },
      settings: { decoder },
    } as const;
    const modelOf = (): Model => drawModel({ ...options, tags: [...options.tags], kernels: createReferenceKernels() });
    const sentences = SENTENCES.map((tokens) => ({
      tokens,
      spans: tokens.map((_, start) => ({ label: ['A', 'X'][start % 2] ?? '', start, end: start + 1 })),
    }));
    const judged = createTagger(modelOf()).judge(sentences);
    expect(judged.flat().some(({ label }) => label === 'X')).toBe(false);
    for (const [index, tokens] of SENTENCES.entries()) {
      const paths = tokens.length > 0 ? allPaths(modelOf(), tokens) : [];
      for (const { label, start, probability } of judged[index]) {
        const own = paths.filter(({ tags }) => tags[start] === label);
        expect(probability).toBeCloseTo(
          own.reduce((sum, path) => sum + path.probability, 0),
          5,
        );
      }
      for (const [t] of tokens.entries())
        expect(
          judged[index].filter(({ start }) => start === t).reduce((sum, each) => sum + each.probability, 0),
        ).toBeCloseTo(1, 2);
    }
  },
);

test('several networks are asked together', () => {
  const model = drawModel({ settings: { decoder: 'crf' }, kernels: createReferenceKernels(), seed: 1 });
  const second = new Network(model.network.kernels, model.network.plan);
  drawWeights(second, 1);
  const alike = { ...model, others: [{ network: second, history: model.history }] };
  const alone = createTagger(drawModel({ settings: { decoder: 'crf' }, seed: 1 })).predict(SENTENCES, {
    confidence: true,
  });
  expect(createTagger(alike).predict(SENTENCES, { confidence: true })).toEqual(alone);
});

test('a sentence of many thousand tokens has confidences and alternatives', () => {
  const model = drawModel({ tags: BIOES, settings: { decoder: 'crf', recode: true }, kernels: createWasmKernels() });
  const long = Array.from({ length: 5000 }, (_, t) => ['Ada', 'lives', 'in', 'London'][(t * t) % 4]);
  const [{ tags, confidences = [], alternatives = [] }] = createTagger(model).predict([long], {
    confidence: true,
    top: 3,
  });
  expect(confidences).toHaveLength(spansOf(tags, model.language.scheme).length);
  for (const confidence of confidences) expect(confidence > 0 && confidence <= 1).toBe(true);
  expect(alternatives).toHaveLength(3);
});
