import { expect, test } from 'vitest';
import { hidingText } from '../../src/cli/redaction-options.js';
import { CERTAIN, leastOfLevel } from '../../src/model/hiding-scores.js';

const hidingFrom = (level: number) => ({
  level,
  probability: leastOfLevel(level),
  names: { all: 40, hidden: 38 },
  outside: { all: 90, hidden: 1 },
});

test('a promise of recall tells the probability from which on words are hidden, and the share as it was given', () => {
  const text = hidingText(hidingFrom(CERTAIN - 1), 0.9999999, false);
  expect(text).toMatch(
    /^words are hidden that are in a name with a probability of 0\.969 or more: on dev 38 of 40 names/,
  );
  expect(text).toContain('95 % sure: 99.99999 % of names or more are hidden');
});

test('a promise that needs no unsure word hidden tells that', () => {
  expect(hidingText(hidingFrom(CERTAIN), 0.9, false)).toMatch(
    /^only the names that the model finds are hidden: on dev 38 of 40 names whole, and 1 of 90 other words \(1\.1 %\)\n95 % sure/,
  );
});
