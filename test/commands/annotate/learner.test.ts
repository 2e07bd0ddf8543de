import { expect, test } from 'vitest';
import { Learner } from '../../../src/commands/annotate/learner.js';
import { Folder, NAMES } from '../../helpers/cli.js';

const folder = new Folder();

test('a model that is replaced ends what it was asked for before', async () => {
  await folder.learnByHeart(NAMES);
  const learner = new Learner();
  await learner.open(folder.at('model.json'));
  const work = [learner.read([['Anna', 'left']]), learner.save(folder.at('saved.json'))] as const;
  learner.retire();
  const [[reading], notices] = await Promise.all(work);
  expect(reading?.spans).toMatchObject([{ label: 'PER', start: 0, end: 1 }]);
  expect(notices).toEqual([]);
  expect(folder.read('saved.json')).toBe(folder.read('model.json'));
});
