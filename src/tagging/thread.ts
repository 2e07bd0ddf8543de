import { openSharedModel, type SharedModel } from '../model/shared-model.js';
import { serveTasks } from '../node/thread-pool.js';
import { createKernels } from '../numerics/fastest.js';
import { RecordTagger } from './record-tagger.js';
import { doTask, type TaggingTask } from './tasks.js';

serveTasks((model: SharedModel) => {
  const tagger = new RecordTagger(openSharedModel(model, createKernels()));
  return (task: TaggingTask) => doTask(tagger, task);
});
