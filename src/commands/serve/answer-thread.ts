import { openSharedModel, type SharedModel } from '../../model/shared-model.js';
import { serveTasks } from '../../node/thread-pool.js';
import { createKernels } from '../../numerics/fastest.js';
import { RecordTagger } from '../../tagging/record-tagger.js';
import { type AnswerTask, answerQuestions } from './answers.js';

/** A model, and what it is called in Label Studio. */
export interface AnsweringModel {
  readonly model: SharedModel;
  readonly version: string;
}

serveTasks(({ model, version }: AnsweringModel) => {
  const tagger = new RecordTagger(openSharedModel(model, createKernels()));
  return ({ questions, deadline }: AnswerTask) => answerQuestions({ tagger, version }, questions, deadline);
});
