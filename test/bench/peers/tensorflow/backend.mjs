import * as tensorflow from '@tensorflow/tfjs';

/** Gives TensorFlow.js with the backend of this name; fails where it is not installed. */
export async function startBackend(name) {
  if (name === 'node') return import('@tensorflow/tfjs-node');
  if (name === 'wasm') {
    const { setThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    const { availableParallelism } = await import('node:os');
    setThreadsCount(availableParallelism());
    tensorflow.registerKernel({ kernelName: 'UnsortedSegmentSum', backendName: 'wasm', kernelFunc: sumSegments });
  }
  if (!(await tensorflow.setBackend(name))) throw new Error(`no backend ${name}`);
  await tensorflow.ready();
  return tensorflow;
}

/** What the WebAssembly backend lacks to train an embedding: the gradients of its rows, summed. */
function sumSegments({ inputs: { x, segmentIds }, attrs: { numSegments }, backend }) {
  const ids = backend.readSync(segmentIds.dataId);
  const values = backend.readSync(x.dataId);
  const width = values.length / ids.length;
  const sums = new Float32Array(numSegments * width);
  for (let index = 0; index < ids.length; index++) {
    const row = ids[index] * width;
    for (let column = 0; column < width; column++) sums[row + column] += values[index * width + column];
  }
  const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
  const dataId = backend.write(sums, shape, 'float32');
  return { dataId, shape, dtype: 'float32' };
}
