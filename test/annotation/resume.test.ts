import { describe, expect, test } from 'vitest';
import { Decisions } from '../../src/annotation/decisions.js';
import { matchDecisions } from '../../src/annotation/resume.js';
import { identify } from '../../src/annotation/sentence.js';
import { joinTokens } from '../../src/text/sentence-breaks.js';
import { decisionOn } from '../helpers/annotations.js';

const linesOf = (...texts: string[]) =>
  identify(texts.map((text, index) => ({ ...joinTokens(text.split(' ')), source: 'a.txt', line: index + 1 })));

describe('decisions are found again', () => {
  const decisions = new Decisions([decisionOn('a.txt:1', 'Ada left'), decisionOn('a.txt:2', 'Bob stayed')]);
  const decided = (...texts: string[]): boolean[] =>
    matchDecisions(linesOf(...texts), decisions).map(({ id }) => decisions.find(id) !== undefined);

  test('in the same texts', () => expect(decided('Ada left', 'Bob stayed', 'Eve')).toEqual([true, true, false]));

  test('where lines have moved', () => expect(decided('Eve', 'Ada left', 'Bob stayed')).toEqual([false, true, true]));

  test('once where a text comes twice', () => expect(decided('Ada left', 'Ada left')).toEqual([true, false]));

  test('and a new text never takes the identifier of another', () => {
    const ids = matchDecisions(linesOf('Eve', 'Ada left'), decisions).map(({ id }) => id);
    expect(ids[1]).toBe('a.txt:1');
    expect(ids[0]).toMatch(/^a\.txt:1@/);
  });

  test('of an undone decision there is none', () => {
    const undone = new Decisions([
      decisionOn('a.txt:1', 'Ada left'),
      decisionOn('a.txt:1', 'Ada left', [], { answer: 'skip', isUndone: true }),
    ]);
    const [sentence] = matchDecisions(linesOf('Ada left'), undone);
    expect(sentence.id).toBe('a.txt:1');
    expect(undone.find(sentence.id)).toBeUndefined();
  });
});

test('identifiers differ, whatever records say', () => {
  const base = { ...joinTokens(['Ada']), source: 'a.txt' };
  const ids = identify([
    { ...base, line: 1 },
    { ...base, line: 1 },
    { ...base, line: 2, recordId: 7 },
    { ...base, line: 3, recordId: 7 },
    { ...base, line: 4, recordId: 'a.txt:1#2' },
  ]).map(({ id }) => id);
  expect(ids).toEqual(['a.txt:1', 'a.txt:1#2', 7, '7#2', 'a.txt:1#2#2']);
});
