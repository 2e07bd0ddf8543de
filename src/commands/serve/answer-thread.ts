import { openSharedModel, type SharedModel } from '../../model/shared-model.js';
import { serveTasks } from '../../node/thread-pool.js';
import { createKernels } from '../../numerics/fastest.js';
import { RecordTagger } from '../../tagging/record-tagger.js';
import { type AnswerTask, answerBodies } from './answers.js';

serveTasks((model: SharedModel) => {
  const tagger = new RecordTagger(openSharedModel(model, createKernels()));
  return ({ bodies, deadline }: AnswerTask) => answerBodies(tagger, bodies, deadline);
});
