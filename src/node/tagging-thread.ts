import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../errors.js';
import type { Prediction } from '../model/decode.js';
import { type ModelFile, openModel } from './model-file.js';
import { type PredictTask, TaggingWork, type WriteTask } from './tagging-work.js';
import type { Answer } from './thread-pool.js';

const work = new TaggingWork(openModel(workerData as ModelFile));

function answer(message: 'ready' | Answer<Uint8Array | Prediction[]>, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}

parentPort?.on('message', (task: WriteTask | PredictTask) => {
  try {
    if (task.kind === 'predict') answer({ result: work.predict(task) });
    else {
      const result = work.write(task);
      answer({ result }, [result.buffer]);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint, exitCode } = error;
    answer({ refused: { message, hint, exitCode } });
  }
});
answer('ready');
