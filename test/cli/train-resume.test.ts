import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const TRAIN = ['train', 'names.conll', ...SMALL];

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('more.conll', `${NAMES}Eve\tB-PER\n\n`);
  await folder.mustRun([...TRAIN, '-o', 'unbroken.json', '--keep-state']);
});

/** A training that has a state, and no checkpoint. */
function stop(name: string): void {
  folder.write(`${name}.state`, folder.readBytes('unbroken.json.state'));
}

async function refusal(name: string, ...args: string[]): Promise<string> {
  const before = folder.names();
  const { stdout, stderr, exitCode } = await folder.rnn(['train', ...args, '-o', name, '--resume']);
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(folder.names()).toEqual(before);
  return stderr;
}

describe('rnn train --resume', () => {
  test('goes on to the same bytes, and removes the state', async () => {
    stop('stopped.json');
    const { stderr, stdout } = await folder.mustRun([...TRAIN, '-o', 'stopped.json', '--resume']);
    expect(stderr).toMatch(/^going on from stopped\.json\.state: (?:1 epoch|2 epochs) and 0 steps had been done$/m);
    expect(stdout).toMatch(/^dev +precision/);
    expect(folder.read('stopped.json')).toBe(folder.read('unbroken.json'));
    expect(folder.names().filter((name) => name.startsWith('stopped'))).toEqual(['stopped.json']);
  });

  test('of what is finished says so, shows its scores and leaves it as it is', async () => {
    await folder.mustRun([...TRAIN, '-o', 'finished.json']);
    const first = await folder.mustRun([...TRAIN, '-o', 'finished.json', '--resume', '--json']);
    expect(first.stderr).toMatch(/^finished\.json is finished: there is nothing to go on with$/m);
    expect(JSON.parse(first.stdout)).toMatchObject({ model: 'finished.json', epochs: 2 });
    expect(folder.read('finished.json')).toBe(folder.read('unbroken.json'));
  });

  test('where there is nothing begins, so that one command can be repeated until it is done', async () => {
    const { stderr } = await folder.mustRun([...TRAIN, '-o', 'new.json', '--resume']);
    expect(stderr).toContain('neither new.json.state nor a finished new.json: training from the beginning\n');
    expect(folder.read('new.json')).toBe(folder.read('unbroken.json'));
  });

  test('with other settings, or another corpus, is refused with every difference', async () => {
    stop('other.json');
    const message = await refusal('other.json', 'more.conll', ...SMALL, '--hidden', '9', '--patience', '1');
    expect(message).toMatch(/^rnn: other\.json\.state is the state of another training:$/m);
    expect(message).toMatch(/^ {2}training corpus: was 3 sentences, 15 tokens, SHA-256 \w{64}, now 4 sentences, 16 t/m);
    expect(message).toMatch(/^ {2}--hidden: was 8, now 9$/m);
    expect(message).toMatch(/^ {2}--patience: was not set, now 1$/m);
    expect(message).not.toContain('--epochs');
  });

  test('beside the finished checkpoint of another training is refused', async () => {
    await folder.mustRun([...TRAIN, '-o', 'theirs.json']);
    const message = await refusal('theirs.json', 'names.conll', ...SMALL, '--seed', '5');
    expect(message).toContain('theirs.json is the checkpoint of another training, and has no state to go on from:');
    expect(message).toMatch(/^ {2}--seed: was 1, now 5$/m);
  });

  test('of another version of rnn is refused', async () => {
    stop('old.json');
    const state = folder.readBytes('old.json.state').toString('latin1');
    expect(state).toContain('"version of rnn":"');
    folder.write('old.json.state', Buffer.from(state.replace('rnn-tagger state 2', 'rnn-tagger state 0'), 'latin1'));
    expect(await refusal('old.json', 'names.conll', ...SMALL)).toContain('expected a state of format version 2');
  });

  test('of a state that is cut, damaged or something else is refused', async () => {
    const whole = folder.readBytes('unbroken.json.state');
    folder.write('cut.json.state', whole.subarray(0, whole.length - 100));
    expect(await refusal('cut.json', 'names.conll', ...SMALL)).toContain('cut.json.state: damaged or cut short');
    whole[whole.length - 200] = (whole[whole.length - 200] as number) ^ 1;
    folder.write('cut.json.state', whole);
    expect(await refusal('cut.json', 'names.conll', ...SMALL)).toContain('cut.json.state: damaged or cut short');
    folder.write('cut.json.state', NAMES);
    expect(await refusal('cut.json', 'names.conll', ...SMALL)).toContain('expected the state of a training');
  });

  test('of stdout is wrong usage', async () => {
    expect((await folder.rnn([...TRAIN, '-o', '-', '--resume'])).exitCode).toBe(2);
  });
});

test('a training that ends well leaves its state only with --keep-state', async () => {
  expect(folder.names()).toContain('unbroken.json.state');
  await folder.mustRun([...TRAIN, '-o', 'clean.json']);
  expect(folder.names().filter((name) => name.startsWith('clean'))).toEqual(['clean.json']);
});

test('a training that begins anew says that it replaces a state', async () => {
  stop('anew.json');
  const { stderr } = await folder.mustRun([...TRAIN, '-o', 'anew.json']);
  expect(stderr).toContain('anew.json.state is of a training that was stopped, and is replaced');
  expect(folder.names()).not.toContain('anew.json.state');
});
