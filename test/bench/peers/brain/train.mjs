// node train.mjs WORKLOAD SECONDS: trains until the time is over, and prints one JSON object.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import brain from 'brain.js';

const [file, seconds] = process.argv.slice(2);
const { features, cell, hidden, tags, batches } = JSON.parse(readFileSync(file, 'utf8'));

/** brain.js has no embeddings for a network of one tag a token: each row is a vector of chance that stays as it is. */
const tables = features.map(({ rows, width }) =>
  Array.from({ length: rows }, () => Float32Array.from({ length: width }, () => 0.1 * (Math.random() - 0.5))),
);
const inputSize = features.reduce((sum, { width }) => sum + width, 0);
const Network = cell === 'lstm' ? brain.recurrent.LSTMTimeStep : brain.recurrent.RNNTimeStep;
const network = new Network({ inputSize, hiddenLayers: [hidden], outputSize: tags, learningRate: 0.0003, clipval: 5 });
network.initialize();

function inputOf(ids, sentence, t) {
  const input = new Float32Array(inputSize);
  let column = 0;
  for (const [feature, { width }] of features.entries()) {
    input.set(tables[feature][ids[feature][sentence][t]], column);
    column += width;
  }
  return input;
}

function oneHot(tag) {
  const vector = new Float32Array(tags);
  vector[tag] = 1;
  return vector;
}

/** One sentence is one step of training: brain.js has no batches here. */
function trainOn({ ids, targets }, sentence) {
  const { equations } = network.model;
  const length = targets[sentence].length;
  while (equations.length < length) network.bindEquation();
  let error = 0;
  for (let t = 0; t < length; t++) {
    error += equations[t].predictTarget(inputOf(ids, sentence, t), oneHot(targets[sentence][t]));
  }
  for (let t = length - 1; t >= 0; t--) equations[t].backpropagate();
  network.adjustWeights();
  return error;
}

const losses = [];
let tokens = 0;
let began = performance.now();
for (let index = 0; index < 2 || performance.now() - began < 1000 * seconds; index++) {
  const batch = batches[index % batches.length];
  let error = 0;
  for (let sentence = 0; sentence < batch.lengths.length; sentence++) {
    error += trainOn(batch, sentence);
    if (index > 0) tokens += batch.lengths[sentence];
  }
  losses.push(error / batch.lengths.length);
  if (index === 0) began = performance.now();
}
const tokensPerSecond = (1000 * tokens) / (performance.now() - began);
process.stdout.write(`${JSON.stringify({ tokensPerSecond, losses })}\n`);
