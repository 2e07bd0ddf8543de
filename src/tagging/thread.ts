import { openSharedModel, type SharedModel } from '../model/shared-model.js';
import { serveTasks } from '../node/thread-pool.js';
import { createKernels } from '../numerics/fastest.js';
import { RecordTagger } from './record-tagger.js';
import { type TaggingTask, writeTagged } from './tasks.js';

serveTasks((model: SharedModel) => {
  const tagger = new RecordTagger(openSharedModel(model, createKernels()));
  return (task: TaggingTask) =>
    task.kind === 'predict' ? tagger.predict(task.records, task.confidence) : writeTagged(tagger, task);
});
