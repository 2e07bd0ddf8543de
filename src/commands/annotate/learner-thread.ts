import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import { confidentSpans, roundConfidence } from '../../model/decode.js';
import type { Model } from '../../model/model.js';
import { createTagger, type Tagger } from '../../model/tagger.js';
import { openModel, readModelFile, writeModel } from '../../node/model-file.js';
import { serveTasks } from '../../node/thread-pool.js';
import type { BestModel } from '../train/best.js';
import { trainFast } from '../train/fast-training.js';
import { keepReplaced } from '../train/resume.js';
import type { LearnerResult, LearnerTask, ReadTask, SuggestedReading, TrainTask } from './learner-tasks.js';

/** A model that was learnt or opened, and what tags with it. */
interface Own {
  readonly model: Model;
  readonly tagger: Tagger;
}

serveTasks(() => {
  let own: Own | undefined;
  const held = (): Own => {
    if (!own) throw new Error('there is no model yet');
    return own;
  };
  return async (task: LearnerTask): Promise<LearnerResult> => {
    switch (task.kind) {
      case 'train': {
        const { model, dev } = await learn(task);
        own = { model, tagger: createTagger(model) };
        return { f1: dev.f1, interval: dev.interval };
      }
      case 'open': {
        const model = openModel(await readModelFile(task.path));
        own = { model, tagger: createTagger(model) };
        return undefined;
      }
      case 'read':
        return readSentences(held().tagger, task);
      case 'save': {
        const { model } = held();
        const notices = await keepReplaced(task.path, model);
        await writeModel(task.path, () => writeCheckpointInPieces(model));
        return notices;
      }
    }
  };
});

function learn({ train: corpus, dev, initFrom, seed, workers }: TrainTask): Promise<BestModel> {
  const files = { corpora: [corpus], dev, reading: { from: 'jsonl' } };
  return trainFast({ files, initFrom, workers, settings: { seed } });
}

function readSentences(tagger: Tagger, { sentences }: ReadTask): SuggestedReading[] {
  const { scheme } = tagger.language;
  return tagger.predict(sentences, { confidence: true, top: 1 }).map((prediction) => ({
    spans: confidentSpans(prediction, scheme).map(({ label, start, end, confidence = 0 }) => {
      return { label, start, end, confidence: roundConfidence(confidence) };
    }),
    probability: prediction.alternatives?.[0]?.probability ?? 0,
  }));
}
