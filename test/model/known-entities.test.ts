import { expect, test } from 'vitest';
import { joinEntities, KnownEntities } from '../../src/model/known-entities.js';

test('entities of both corpora are known, each once, in order', () => {
  const first = new KnownEntities([{ label: 'PER', surfaces: ['Ada', 'Linda'] }]);
  const second = new KnownEntities([
    { label: 'LOC', surfaces: ['London'] },
    { label: 'PER', surfaces: ['Ada', 'Adam'] },
  ]);
  expect(joinEntities(first, second).byLabel).toEqual([
    { label: 'LOC', surfaces: ['London'] },
    { label: 'PER', surfaces: ['Ada', 'Adam', 'Linda'] },
  ]);
  expect(joinEntities(undefined, second).byLabel).toEqual(second.byLabel);
});
