import { writeCheckpointInPieces } from '../../../model/checkpoint.js';
import { openModel, readModelFile } from '../../../node/model-file.js';
import { serveTasks } from '../../../node/thread-pool.js';
import { writeWhole } from '../../../node/writing.js';
import { trainFast } from '../../train/fast-training.js';
import { keepReplaced } from '../../train/resume.js';
import { readInceptionTraining } from '../inception/training-corpus.js';
import { collectTasks } from '../label-studio/corpus-file.js';
import { readTrainingRequest } from '../label-studio/training-request.js';
import type { TrainingCorpus, TrainingSource } from './training-corpus.js';
import type { ReadRequest, Trained, TrainingResult, TrainingTask, TrainOnCorpus } from './training-tasks.js';

serveTasks(() => {
  let source: TrainingSource | undefined;
  let collected: TrainingCorpus | undefined;
  return async (task: TrainingTask): Promise<TrainingResult> => {
    switch (task.kind) {
      case 'read': {
        const request = readRequest(task);
        if ('ignored' in request) return request;
        source = request;
        return { ignored: undefined };
      }
      case 'collect': {
        if (!source) throw new Error('no request was read');
        const { language } = openModel(await readModelFile(task.initFrom));
        collected = await source.collect({ access: task.access, language });
        const { bytes, count, unit, notices } = collected;
        return { bytes, count, unit, notices };
      }
      case 'train':
        if (!collected) throw new Error('nothing was collected');
        return trainOn(task, collected);
    }
  };
});

function readRequest({ request, body, canAsk }: ReadRequest): TrainingSource | { readonly ignored: string } {
  if (request === 'inception') return readInceptionTraining(body);
  const tasks = readTrainingRequest(request, body, canAsk);
  return 'ignored' in tasks ? tasks : { collect: (context) => collectTasks(tasks, context) };
}

async function trainOn(task: TrainOnCorpus, { format, nameLines }: TrainingCorpus): Promise<Trained> {
  const { corpus, holdsOut, initFrom, output, keepsReplaced, workers } = task;
  const notices = new Set<string>();
  const { model, dev } = await trainFast({
    files: { corpora: [corpus], dev: holdsOut ? undefined : corpus, reading: { from: format } },
    ...{ initFrom, settings: {}, workers },
    onNotice(text) {
      // Others are about options, which nobody has given.
      if (text.includes(`${corpus}:`) && !text.startsWith(`${corpus}: read as `)) notices.add(nameLines(text, corpus));
    },
  });
  if (keepsReplaced) for (const notice of await keepReplaced(output, model)) notices.add(notice);
  // Nothing is saved elsewhere if that fails: the next training knows the same annotations.
  await writeWhole(output, writeCheckpointInPieces(model), '--train-to');
  return { f1: holdsOut ? dev.f1 : undefined, notices: [...notices] };
}
