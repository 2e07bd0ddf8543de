import { writeCheckpointInPieces } from '../../../model/checkpoint.js';
import { labelsOf } from '../../../model/language.js';
import { openModel, readModelFile } from '../../../node/model-file.js';
import { serveTasks } from '../../../node/thread-pool.js';
import { writeWhole } from '../../../node/writing.js';
import { trainFast } from '../../train/fast-training.js';
import { keepReplaced } from '../../train/resume.js';
import { countAnnotated, nameTasks, writeCorpus } from './corpus-file.js';
import { fetchTasks, type LabelStudioAccess } from './project.js';
import { type CorpusTask, type TaskCorpus, withModelLabels } from './tasks.js';
import { readTrainingRequest, type TrainingSource } from './training-request.js';
import type { CollectTasks, Trained, TrainingResult, TrainingTask, TrainOnTasks } from './training-tasks.js';

serveTasks(() => {
  let source: TrainingSource | undefined;
  let collected: TaskCorpus | undefined;
  return async (task: TrainingTask): Promise<TrainingResult> => {
    switch (task.kind) {
      case 'read': {
        const request = readTrainingRequest(task.request, task.body, task.canAsk);
        if ('ignored' in request) return request;
        source = request;
        return { ignored: undefined };
      }
      case 'collect':
        if (!source) throw new Error('no request was read');
        collected = await collect(source, task);
        return {
          bytes: writeCorpus(collected.tasks),
          count: countAnnotated(collected.tasks),
          notices: collected.notices,
        };
      case 'train':
        return trainOn(task, collected?.tasks ?? []);
    }
  };
});

/** Returns the corpus that a request brought or named, with the labels of the model that the training goes on with. */
async function collect(source: TrainingSource, { access, initFrom }: CollectTasks): Promise<TaskCorpus> {
  const corpus = 'tasks' in source ? source : await fetchTasks(allowed(access), source.project);
  const { language } = openModel(await readModelFile(initFrom));
  return { ...corpus, tasks: withModelLabels(corpus, labelsOf(language)) };
}

function allowed(access: LabelStudioAccess | undefined): LabelStudioAccess {
  if (!access) throw new Error('nobody may ask Label Studio');
  return access;
}

async function trainOn(task: TrainOnTasks, tasks: readonly CorpusTask[]): Promise<Trained> {
  const { corpus, holdsOut, initFrom, output, keepsReplaced, workers } = task;
  const notices = new Set<string>();
  const { model, dev } = await trainFast({
    files: { corpora: [corpus], dev: holdsOut ? undefined : corpus, reading: { from: 'label-studio' } },
    ...{ initFrom, settings: {}, workers },
    onNotice(text) {
      // Others are about options, which nobody has given.
      if (text.includes(`${corpus}:`) && !text.startsWith(`${corpus}: read as `))
        notices.add(nameTasks(text, corpus, tasks));
    },
  });
  if (keepsReplaced) for (const notice of await keepReplaced(output, model)) notices.add(notice);
  // Nothing is saved elsewhere if that fails: the next training knows the same annotations.
  await writeWhole(output, writeCheckpointInPieces(model), '--train-to');
  return { f1: holdsOut ? dev.f1 : undefined, notices: [...notices] };
}
