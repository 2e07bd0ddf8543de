import { expect, test } from 'vitest';
import { countAnnotated, nameTasks, writeCorpus } from '../../../../src/commands/serve/label-studio/corpus-file.js';
import type { CorpusTask } from '../../../../src/commands/serve/label-studio/tasks.js';
import { formatNamed } from '../../../../src/formats/formats.js';
import { readAs } from '../../../helpers/corpus-readers.js';

function task(id: number, ...cancelled: boolean[]): CorpusTask {
  const value = { start: 0, end: 50, labels: ['PER'] };
  const annotations = cancelled.map((was_cancelled) => ({
    was_cancelled,
    result: [{ type: 'labels', to_name: 'text', value } as const],
  }));
  return { id, data: { text: 'Ada left\n\u2028now' }, annotations };
}

test('messages about the file of a corpus name tasks by their ids', () => {
  const tasks = [task(70, false), task(8, true), task(901, false)];
  const { issues } = readAs(formatNamed('label-studio'), new TextDecoder().decode(writeCorpus(tasks)));
  const told = issues.map(({ place, what }) => nameTasks(`1 span (at ${place}: ${what})`, 'corpus', tasks));
  expect(told.join('\n')).toMatch(/at task 70: the span PER[\s\S]*at task 901: the span PER/);
  expect(nameTasks('no place in a.json: b', 'a.json', tasks)).toBe('no place in tasks: b');
  expect(nameTasks('a.json:2 (record 2): b, and a.json:3: c', 'a.json', tasks)).toBe('task 8: b, and task 901: c');
});

test('a task is annotated if one of its annotations was not cancelled', () => {
  expect(countAnnotated([task(1), task(2, true), task(3, false), task(4, true, true), task(5, true, false)])).toBe(2);
});
