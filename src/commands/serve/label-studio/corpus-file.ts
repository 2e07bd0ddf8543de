import type { CorpusTask } from './tasks.js';

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
  const [beginning = '', ...rest] = message.split(path);
  const named = rest.map((part) => {
    const [place, line] = /^:(\d+)(?: \(record \d+\))?/.exec(part) ?? [];
    const task = tasks[Number(line) - 1];
    return place !== undefined && task ? `task ${task.id}${part.slice(place.length)}` : `tasks${part}`;
  });
  return beginning + named.join('');
}
