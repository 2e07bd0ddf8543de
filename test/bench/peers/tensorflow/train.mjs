// node train.mjs WORKLOAD BACKEND SECONDS: trains until the time is over, and prints one JSON object.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { startBackend } from './backend.mjs';

const [file, backend, seconds] = process.argv.slice(2);
const { features, cell, hidden, tags, learningRate, batches } = JSON.parse(readFileSync(file, 'utf8'));
const tf = await startBackend(backend);

function makeModel() {
  const inputs = features.map(() => tf.input({ shape: [null], dtype: 'int32' }));
  const rows = inputs.map((input, index) => {
    const { rows: inputDim, width: outputDim } = features[index];
    return tf.layers.embedding({ inputDim, outputDim }).apply(input);
  });
  const joined = rows.length > 1 ? tf.layers.concatenate().apply(rows) : rows[0];
  const options = { units: hidden, returnSequences: true, recurrentInitializer: 'glorotUniform' };
  const layer = cell === 'lstm' ? tf.layers.lstm(options) : tf.layers.simpleRNN(options);
  const states = tf.layers.bidirectional({ layer, mergeMode: 'concat' }).apply(joined);
  const logits = tf.layers.dense({ units: tags }).apply(states);
  return tf.model({ inputs, outputs: logits });
}

/** Sentences as rows, padded with 0; what is padding weighs nothing. */
function toTensors({ lengths, ids, targets }) {
  const longest = Math.max(...lengths);
  const padded = (columns) => columns.map((column) => [...column, ...new Array(longest - column.length).fill(0)]);
  const shape = [lengths.length, longest];
  return {
    ids: ids.map((feature) => tf.tensor2d(padded(feature), shape, 'int32')),
    targets: tf.oneHot(tf.tensor2d(padded(targets), shape, 'int32'), tags).toFloat(),
    weights: tf.tensor2d(padded(lengths.map((length) => new Array(length).fill(1))), shape),
    count: lengths.length,
    tokens: lengths.reduce((sum, length) => sum + length, 0),
  };
}

const model = makeModel();
const optimizer = tf.train.adam(learningRate);

function step(batch) {
  const { ids, targets, weights, count, tokens } = toTensors(batch);
  const loss = optimizer.minimize(() => {
    const logits = model.apply(ids, { training: true });
    const { SUM } = tf.Reduction;
    return tf.losses.softmaxCrossEntropy(targets, logits, weights, 0, SUM).div(count);
  }, true);
  const value = loss.dataSync()[0];
  loss.dispose();
  return { loss: value, tokens };
}

const losses = [];
let tokens = 0;
let began = performance.now();
for (let index = 0; index < 2 || performance.now() - began < 1000 * seconds; index++) {
  let result;
  tf.tidy(() => {
    result = step(batches[index % batches.length]);
  });
  losses.push(result.loss);
  if (index === 0) began = performance.now();
  else tokens += result.tokens;
}
const tokensPerSecond = (1000 * tokens) / (performance.now() - began);
process.stdout.write(`${JSON.stringify({ tokensPerSecond, losses })}\n`);
