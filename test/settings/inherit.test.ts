import { describe, expect, test } from 'vitest';
import { inheritSettings } from '../../src/settings/inherit.js';
import { resolveSettings } from '../../src/settings/settings.js';
import { userErrorOf } from '../helpers/user-error.js';

const old = resolveSettings({ cell: 'lstm', hidden: 40, features: 'form,affixes', networks: 2, learningRate: 0.5 });

describe('a training that goes on with a network', () => {
  test('has its shape, and settings of its own for how it learns', () => {
    const settings = resolveSettings(inheritSettings({ epochs: 3 }, old, 'old.json'), 'textbook');
    expect(settings).toMatchObject({ cell: 'lstm', hidden: 40, features: old.features, networks: 2, lowercase: true });
    expect(settings).toMatchObject({ epochs: 3, optimizer: 'sgd', learningRate: 0.1 });
  });

  test('may say what the network has, in any spelling', () => {
    expect(() => inheritSettings({ hidden: 40, features: 'suffixes,prefixes,form' }, old, 'old.json')).not.toThrow();
  });

  test.each([
    [{ hidden: 64 }, '--hidden 64: the network of old.json has 40'],
    [{ features: 'form' }, `--features form: the network of old.json has ${old.features}`],
    [{ foldDigits: false }, '--fold-digits false: the network of old.json has true'],
    [{ networks: 3 }, '--networks 3: the network of old.json has 2'],
    [{ outside: '0' }, '--outside 0: the network of old.json has none'],
  ])('cannot change the shape: %j', (given, message) => {
    const error = userErrorOf(() => inheritSettings(given, old, 'old.json'));
    expect([error.message, error.exitCode]).toEqual([message, 2]);
  });
});
