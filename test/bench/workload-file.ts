import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '../../src/model/network.js';
import { readParameter } from '../../src/numerics/parameters.js';
import { idsOf, type Workload } from './workload.js';

type Numbers = Int32Array | Float32Array;

interface PlacedArray {
  readonly type: 'int32' | 'float32';
  readonly shape: readonly number[];
  /** In bytes. */
  readonly offset: number;
}

/**
 * Writes a workload and a network's weights for a program in another language: `workload.json` says all that is not
 * numbers, and where in `workload.bin` each array stands, in the byte order of the machine.
 */
export function writeWorkload(folder: string, workload: Workload, network: Network): void {
  const { plan, settings, language, sentences, examples, batches } = workload;
  const placed: Record<string, PlacedArray> = {};
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[], numbers: Numbers): void => {
    placed[name] = { type: numbers instanceof Int32Array ? 'int32' : 'float32', shape, offset };
    chunks.push(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
    offset += numbers.byteLength;
  };
  const targets = joined(examples.sentences.map((example) => example.targets));
  add('targets', [targets.length], targets);
  for (const [index, { name }] of plan.tables.entries()) {
    add(`ids.${name}`, [targets.length], joined(sentences.map((_, sentence) => idsOf(workload, sentence, index))));
  }
  add(
    'lengths',
    [sentences.length],
    Int32Array.from(examples.sentences, (example) => example.targets.length),
  );
  add('batches', [batches.flat().length], Int32Array.from(batches.flat()));
  add(
    'batchSizes',
    [batches.length],
    Int32Array.from(batches, (batch) => batch.length),
  );
  for (const parameter of [...network.layout.dense, ...network.layout.tables]) {
    add(`weights.${parameter.name}`, parameter.shape, readParameter(network.kernels, network.weights, parameter));
  }
  const header = {
    plan: { ...plan, allowed: undefined },
    learningRate: settings.learningRate,
    clip: settings.clip,
    values: [language.features.vocabulary.words, ...language.features.others.map(({ values }) => values)],
    sentences: sentences.map(({ tokens }) => tokens),
    arrays: placed,
  };
  writeFileSync(join(folder, 'workload.json'), JSON.stringify(header));
  writeFileSync(join(folder, 'workload.bin'), Buffer.concat(chunks));
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
