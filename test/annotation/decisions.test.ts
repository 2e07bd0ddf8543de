import { describe, expect, test } from 'vitest';
import { Decisions } from '../../src/annotation/decisions.js';
import type { AnnotationRecord } from '../../src/annotation/record.js';
import { decisionOn } from '../helpers/annotations.js';

const PER = { label: 'PER', start: 0, end: 1 };

/** Takes the last decision back, and returns the record that says so. */
function undo(decisions: Decisions): AnnotationRecord | undefined {
  const record = decisions.lastUndo()?.record;
  decisions.undo();
  return record;
}

test('the last decision of a sentence counts', () => {
  const decisions = new Decisions([decisionOn(1, 'Ada left'), decisionOn(2, 'Bob'), decisionOn(1, 'Ada left', [PER])]);
  expect(decisions.all().map(({ id, spans }) => [id, spans.length])).toEqual([
    [2, 0],
    [1, 1],
  ]);
});

describe('undo', () => {
  test('opens a sentence again, and brings an earlier decision back', () => {
    const decisions = new Decisions();
    decisions.add(decisionOn(1, 'Ada left'));
    decisions.add(decisionOn(1, 'Ada left', [PER]));
    expect(undo(decisions)).toEqual(decisionOn(1, 'Ada left'));
    expect(decisions.find(1)?.spans).toEqual([]);
    expect(undo(decisions)).toMatchObject({ id: 1, answer: 'skip', isUndone: true });
    expect(decisions.find(1)).toBeUndefined();
    expect(undo(decisions)).toBeUndefined();
  });

  test('goes on behind a restart, as if there had been none', () => {
    const decisions = new Decisions();
    const file: AnnotationRecord[] = [];
    const add = (record: AnnotationRecord): void => {
      decisions.add(record);
      file.push(record);
    };
    for (const id of [1, 2, 3]) add(decisionOn(id, 'Ada left'));
    const record = undo(decisions);
    if (record) file.push(record);
    const again = new Decisions(file);
    expect(again.all()).toEqual(decisions.all());
    expect(undo(again)).toEqual(undo(decisions));
    expect(again.all().map(({ id }) => id)).toEqual([1]);
  });
});
