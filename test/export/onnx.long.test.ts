import { writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import { modelToOnnx } from '../../src/export/onnx.js';
import type { Model } from '../../src/model/model.js';
import { Network } from '../../src/model/network.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import { preparePython } from '../bench/peers/venv.js';
import { Folder } from '../helpers/cli.js';
import { drawWeights } from '../helpers/networks.js';
import { drawModel } from '../helpers/small-model.js';

const TOLERANCE = 1e-5;

const SENTENCES = [
  ['Ada', 'lives', 'in', 'London', '.'],
  ['London'],
  ['nobody', '1984', 'Ada'],
  ['in', '.'],
  ...Array.from({ length: 9 }, (_, index) =>
    Array.from({ length: 1 + 4 * index }, (_, t) => ['Ada', 'lives', 'Nobody', 'London', 'IN'][(index + t * t) % 5]),
  ),
];

const SETTINGS: readonly SettingsInput[] = [
  ...(['elman', 'gru', 'lstm', 'feedforward'] as const).flatMap((cell) =>
    (['forward', 'both'] as const).flatMap((direction): SettingsInput[] => [
      { cell, direction, input: 'sum', decoder: 'softmax', hidden: 9, layers: 2 },
      { cell, direction, input: 'concatenate', decoder: 'crf', window: 2, hidden: 20 },
      { cell, direction, input: 'concatenate', decoder: 'softmax', layers: 3, hidden: 8 },
      { cell, direction, input: 'sum', decoder: 'crf', hidden: 5 },
    ]),
  ),
];

/** Networks that read letters. */
const READERS: readonly SettingsInput[] = [
  { cell: 'gru', direction: 'both', input: 'concatenate', decoder: 'crf', window: 1, hidden: 8 },
  { cell: 'elman', input: 'concatenate', decoder: 'softmax', hidden: 8 },
];

const FEATURES = { features: 'form,prefixes,suffixes,shape,casing', formWidth: 10, affixWidth: 5 };

/** Words that have clusters. */
const CLUSTERED = ['Ada', 'London', 'nobody'];

const ENSEMBLE: SettingsInput = { cell: 'gru', direction: 'both', input: 'concatenate', decoder: 'crf', window: 1 };

function modelOf(settings: SettingsInput, networks = 1, more = '', clusterWords?: readonly string[]): Model {
  const features = `${FEATURES.features}${more}`;
  const model = drawModel({ clusterWords, settings: { ...settings, ...FEATURES, features } });
  const others = Array.from({ length: networks - 1 }, (_, index) => {
    const network = new Network(model.network.kernels, model.network.plan);
    drawWeights(network, index + 2);
    return { network, history: model.history };
  });
  for (const { network } of [model, ...others]) halveWeights(network);
  return { ...model, others };
}

/** Recurrences with larger weights are chaotic: a rounding error grows from step to step. */
function halveWeights(network: Network): void {
  network.setWeights(network.copyWeights().map((weight) => weight / 2));
}

/** The rows that the tokens name, 0 behind the ends of sentences. */
function inputsOf({ language }: Model) {
  const { features } = language;
  const longest = Math.max(...SENTENCES.map(({ length }) => length));
  const ids = SENTENCES.map((tokens) =>
    Array.from({ length: longest }, (_, t) => {
      const rows = new Int32Array(features.tables.reduce((sum, { named }) => sum + named, 0));
      if (t < tokens.length) features.writeIds(tokens[t], rows, 0);
      return [...rows];
    }),
  );
  return { ids, lengths: SENTENCES.map(({ length }) => length) };
}

const prepared = await preparePython('onnxruntime', new URL('onnxruntime/requirements.txt', import.meta.url));
const python = 'python' in prepared ? prepared.python : undefined;
if ('skipped' in prepared) process.stderr.write(`skipped: ${prepared.skipped}\n`);

describe.skipIf(!python)('in onnxruntime, an exported network gives our logits within 1e-5', () => {
  const folder = new Folder();
  const models = [
    ...SETTINGS.map((settings) => modelOf(settings)),
    ...READERS.map((settings) => modelOf(settings, 2, ',letters')),
    modelOf(ENSEMBLE, 3),
    modelOf(ENSEMBLE, 2, '', CLUSTERED),
  ];
  const answers: { outputs: Record<string, number[][][]>; metadata: Record<string, string> }[] = [];

  beforeAll(async () => {
    const lines = models.map((model, index) => {
      const file = folder.at(`${index}.onnx`);
      writeFileSync(file, modelToOnnx(model));
      return JSON.stringify({ file, ...inputsOf(model) });
    });
    const script = new URL('onnxruntime/run.py', import.meta.url).pathname;
    const { stdout } = await execa(python ?? '', [script], { input: `${lines.join('\n')}\n` });
    answers.push(...stdout.split('\n').map((line) => JSON.parse(line)));
  }, 600_000);

  const named = SETTINGS.map((settings) => JSON.stringify(settings));
  const names = [
    ...named,
    ...READERS.map(({ cell }) => `letters, ${cell}, two networks`),
    'three networks',
    'clusters',
  ];
  test.each(names.map((name, index) => [name, index] as const))('%s', (_, index) => {
    // The export has the weights in floats, as training has them; tagging rounds them.
    const unrolled = new UnrolledModel(models[index], createWasmKernels());
    const expected = SENTENCES.map((tokens) =>
      unrolled
        .read(tokens)
        .forward()
        .map((row) => [...row]),
    );
    const { logits } = answers[index].outputs;
    let largest = 0;
    for (const [sentence, rows] of expected.entries())
      for (const [t, row] of rows.entries())
        for (const [k, logit] of row.entries()) largest = Math.max(largest, Math.abs(logit - logits[sentence][t][k]));
    expect(expected.flat(2).some((logit) => Math.abs(logit) > 0.3)).toBe(true);
    expect(largest).toBeLessThan(TOLERANCE);
  });

  test('forbidden transitions are minus infinity', () => {
    const { tags, allowed } = models[0].network.plan;
    const { transitions, start, end } = answers[0].outputs;
    const found = [...transitions, start, end].flat(3).map((score) => (score > -1e29 ? 1 : 0));
    expect(found).toEqual([...allowed]);
    expect(found).toContain(0);
    expect(found).toHaveLength((tags + 2) * tags);
  });

  test('the words of clusters and their values stand in the metadata', () => {
    const { clusters } = answers.at(-1).metadata;
    const { words, values }: { words: string[]; values: number[][] } = JSON.parse(clusters);
    expect(words).toEqual(CLUSTERED);
    const known = models.at(-1).language.features.knowledge.clusters;
    expect(values.map((numbers) => numbers.map((value) => value + 1))).toEqual(
      known?.clusterings.map((_, place) => words.map((word) => known.idOf(word, word, place))),
    );
  });

  test('tags, features and vocabulary stand in the metadata', () => {
    const { metadata } = answers[0];
    const { language } = models[0];
    expect(JSON.parse(metadata.tags)).toEqual(language.tags);
    expect(JSON.parse(metadata.scheme)).toEqual(language.scheme);
    expect(JSON.parse(metadata.vocabulary)).toEqual(language.features.vocabulary.form);
    const tables: { name: string; values: string[] }[] = JSON.parse(metadata.tables);
    expect(tables.map(({ name, values }) => ({ name, rows: values.length + 1 }))).toEqual(
      language.features.tables.map(({ name, rows }) => ({ name, rows })),
    );
  });
});
