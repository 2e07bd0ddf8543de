import { labelsOf } from '../../../model/language.js';
import { nameLines } from '../training/line-names.js';
import type { CollectContext, TrainingCorpus } from '../training/training-corpus.js';
import { fetchTasks, type LabelStudioAccess } from './project.js';
import { type CorpusTask, withModelLabels } from './tasks.js';
import type { TaskSource } from './training-request.js';

/**
 * Returns the tasks that a request brought or named as an export of Label Studio, each in the line of its number, with the labels
 * of the model that the training goes on with.
 *
 * @throws {UserError} if Label Studio does not give them
 */
export async function collectTasks(source: TaskSource, { access, language }: CollectContext): Promise<TrainingCorpus> {
  const corpus = 'tasks' in source ? source : await fetchTasks(allowed(access), source.project);
  const tasks = withModelLabels(corpus, labelsOf(language));
  return {
    format: 'label-studio',
    bytes: writeCorpus(tasks),
    count: countAnnotated(tasks),
    unit: { noun: 'task', of: 'Label Studio' },
    notices: corpus.notices,
    nameLines: (message, path) => nameTasks(message, path, tasks),
  };
}

function allowed(access: LabelStudioAccess | undefined): LabelStudioAccess {
  if (!access) throw new Error('nobody may ask Label Studio');
  return access;
}

/** Returns a file of tasks, an export of Label Studio with each task in the line of its number. */
export function writeCorpus(tasks: readonly CorpusTask[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`[${tasks.map((task) => JSON.stringify(task)).join(',\n')}]`);
}

/** Returns the number of tasks that somebody annotated; skipping a task only cancels an annotation. */
export function countAnnotated(tasks: readonly CorpusTask[]): number {
  return tasks.filter(({ annotations }) => annotations.some((annotation) => !annotation.was_cancelled)).length;
}

/**
 * Returns a message about a file of `writeCorpus` with the ids of tasks in the place of lines.
 *
 * @param path the file as the message has it
 */
export function nameTasks(message: string, path: string, tasks: readonly CorpusTask[]): string {
  return nameLines(message, path, 'tasks', (line) => {
    const task = tasks[line - 1];
    return task && `task ${task.id}`;
  });
}
