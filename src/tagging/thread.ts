import { workerData } from 'node:worker_threads';
import type { Prediction } from '../model/decode.js';
import { openSharedModel, type SharedModel } from '../model/shared-model.js';
import { serveTasks } from '../node/thread-server.js';
import { createKernels } from '../numerics/fastest.js';
import type { TaggingThreadData } from './threads.js';
import { type PredictTask, TaggingWork, type WriteTask } from './work.js';

const data = workerData as TaggingThreadData;
const work = new TaggingWork(openSharedModel(data.model as SharedModel, createKernels()));
data.model = undefined; // the thread has its own copy of the numbers

serveTasks(
  (task: WriteTask | PredictTask): Uint8Array<ArrayBuffer> | Prediction[] =>
    task.kind === 'predict' ? work.predict(task) : work.write(task),
  (result) => (result instanceof Uint8Array ? [result.buffer] : []),
);
