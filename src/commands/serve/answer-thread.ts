import { openSharedModel, type SharedModel } from '../../model/shared-model.js';
import { serveTasks } from '../../node/thread-pool.js';
import { createKernels } from '../../numerics/fastest.js';
import type { RequestBody } from '../../server/answering-queue.js';
import { RecordTagger } from '../../tagging/record-tagger.js';
import { answerBodies } from './answers.js';

serveTasks((model: SharedModel) => {
  const tagger = new RecordTagger(openSharedModel(model, createKernels()));
  return (bodies: readonly RequestBody[]) => answerBodies(tagger, bodies);
});
