import { describe, expect, it } from 'vitest';
import { Folder } from '../helpers/cli.js';

const TEXTBOOK = ['--preset', 'textbook', '--direction', 'both'];

describe('rnn train --workers', () => {
  const folder = new Folder();

  it.each([
    ['the textbook network', ['--preset', 'textbook']],
    ['the default network, smaller', ['--hidden', '8', '--form-width', '8', '--affix-width', '8']],
    ['an LSTM in both directions', [...TEXTBOOK, '--cell', 'lstm', '--optimizer', 'adam', '--hidden', '12']],
    ['a GRU in both directions', [...TEXTBOOK, '--cell', 'gru', '--optimizer', 'momentum', '--hidden', '20']],
  ])('writes the same bytes with 1, 2, 3 and 8 threads: %s', async (_name, settings) => {
    const checkpoints = new Set<string>();
    for (const workers of ['1', '2', '3', '8']) {
      await folder.mustRun(['train', '--epochs', '1', '--workers', workers, ...settings]);
      checkpoints.add(folder.read('model.json'));
    }
    expect(checkpoints.size).toBe(1);
  });

  it('refuses what is no number of threads', async () => {
    expect((await folder.rnn(['train', '--workers', '0'])).exitCode).toBe(2);
  });
});
