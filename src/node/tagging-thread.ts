import { workerData } from 'node:worker_threads';
import type { Prediction } from '../model/decode.js';
import { type ModelFile, openModel } from './model-file.js';
import { type PredictTask, TaggingWork, type WriteTask } from './tagging-work.js';
import { serveTasks } from './thread-server.js';

const work = new TaggingWork(openModel(workerData as ModelFile));

serveTasks(
  (task: WriteTask | PredictTask): Uint8Array<ArrayBuffer> | Prediction[] =>
    task.kind === 'predict' ? work.predict(task) : work.write(task),
  (result) => (result instanceof Uint8Array ? [result.buffer] : []),
);
