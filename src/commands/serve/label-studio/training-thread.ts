import { UserError } from '../../../errors.js';
import { writeCheckpointInPieces } from '../../../model/checkpoint.js';
import { STANDARD_STREAM } from '../../../node/files.js';
import { writeModel } from '../../../node/model-file.js';
import { serveTasks } from '../../../node/thread-pool.js';
import { Work } from '../../story.js';
import { keepReplaced } from '../../train/resume.js';
import { train } from '../../train/train.js';
import { fetchTasks } from './project.js';
import { readTrainingRequest, type TrainingSource } from './training-request.js';
import type {
  CollectedTasks,
  CollectTasks,
  Trained,
  TrainingResult,
  TrainingTask,
  TrainOnTasks,
} from './training-tasks.js';

serveTasks(() => {
  let source: TrainingSource | undefined;
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
        return collect(source, task);
      case 'train':
        return trainOn(task);
    }
  };
});

async function collect(source: TrainingSource, { access }: CollectTasks): Promise<CollectedTasks> {
  if (!('tasks' in source) && !access) throw new Error('nobody may ask Label Studio');
  const tasks = 'tasks' in source ? source.tasks : access ? await fetchTasks(access, source.project) : [];
  return { bytes: new TextEncoder().encode(JSON.stringify(tasks)), count: tasks.length };
}

async function trainOn(task: TrainOnTasks): Promise<Trained> {
  const { corpus, holdsOut, initFrom, output, keepsReplaced, workers } = task;
  const training = new Work(
    train({
      files: { corpora: [corpus], dev: holdsOut ? undefined : corpus, reading: { from: 'label-studio' } },
      ...{ initFrom, workers, preset: 'fast', settings: {}, output: STANDARD_STREAM },
      clock: () => performance.now() / 1000,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  );
  const notices = new Set<string>();
  // Other notices are about options, which nobody has given.
  for await (const event of training)
    if (event.kind === 'notice' && event.text.includes(`${corpus}:`) && !event.text.startsWith(`${corpus}: read as `))
      notices.add(event.text.replaceAll(corpus, 'tasks'));
  const { best } = await training.result();
  if (!best) throw new UserError('no epoch came to its end');
  if (keepsReplaced) for (const notice of await keepReplaced(output, best.model)) notices.add(notice);
  await writeModel(output, () => writeCheckpointInPieces(best.model));
  return { f1: holdsOut ? best.dev.f1 : undefined, notices: [...notices] };
}
