import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment, SMALL } from '../helpers/cli.js';
import { interrupt } from '../helpers/interrupted.js';

const folder = new Folder();

/** An epoch that takes long on any machine. */
const LONG_EPOCH = ['many.conll', '--preset', 'textbook', '--hidden', '512', '--batch-size', '1'];
/** Epochs that are over at once, and more of them than anybody waits for. */
const SHORT_EPOCHS = ['names.conll', '--preset', 'textbook', '--hidden', '8', '--epochs', '100000'];

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.write('many.conll', NAMES.repeat(1500));
});

describe.concurrent('stopped after some epochs, the best one is saved and the scores are shown:', () => {
  test.each([
    ['Ctrl-C', 'SIGINT', 130, 'interrupted.json'],
    ['SIGTERM', 'SIGTERM', 143, 'terminated.json'],
  ] as const)('%s', async (_, signal, code, file) => {
    const { stdout, stderr, exitCode } = await interrupt(folder, signal, 'epoch 3/', [...SHORT_EPOCHS, '-o', file]);
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(/stopped: the best epoch so far was saved, and where training stands\n.*\n$/);
    expect(stderr).toContain(`go on with: rnn train ${SHORT_EPOCHS.join(' ')} -o ${file} --resume\n`);
    expect(stdout).toMatch(/^dev +precision/);
    const { history } = JSON.parse(folder.read(file));
    expect(history.epochs.length).toBeGreaterThanOrEqual(3);
    await folder.mustRun(['tag', '-m', file, 'Anna left .']);
  });

  test('--json prints its object for the epochs that were', async () => {
    const args = [...SHORT_EPOCHS, '-o', 'json.json', '--json'];
    const { stdout, exitCode } = await interrupt(folder, 'SIGINT', 'epoch 3/', args);
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ model: 'json.json', bestEpoch: expect.any(Number) });
  });
});

test('what was stopped twice goes on to the bytes of an unbroken training', async () => {
  const args = ['many.conll', ...SMALL, '--epochs', '6'];
  await folder.mustRun(['train', ...args, '-o', 'unbroken.json']);
  const again = [...args, '-o', 'twice.json', '--resume'];
  for (const words of ['epoch 1/', 'epoch 3/']) {
    const { stderr, exitCode } = await interrupt(folder, 'SIGINT', words, again);
    expect(exitCode, stderr).toBe(130);
  }
  await folder.mustRun(['train', ...again]);
  expect(folder.read('twice.json')).toBe(folder.read('unbroken.json'));
  expect(folder.names().filter((name) => name.startsWith('twice'))).toEqual(['twice.json']);
});

test('stopped within the first epoch, only the state is saved', async () => {
  const args = [...LONG_EPOCH, '-o', 'first.json'];
  const { stderr, exitCode } = await interrupt(folder, 'SIGINT', 'held out', args, 2000);
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/stopped: where training stands was saved\ngo on with: rnn train .* --resume\n$/);
  expect(folder.names().filter((name) => name.startsWith('first'))).toEqual(['first.json.state']);
});

test('a second Ctrl-C ends at once', async () => {
  const args = [...LONG_EPOCH, '--hidden', '4096', '--workers', '1', '-o', 'second.json'];
  const { stderr, exitCode } = await interrupt(folder, 'SIGINT', 'held out', args, 3000, 20);
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/stopped at once: what was not saved is lost\n$/);
});

describe('of several runs', () => {
  test('those that ended count, not the one that was stopped', async () => {
    const args = ['names.conll', '--dev', 'names.conll', '--preset', 'textbook', '--hidden', '8', '--patience', '1'];
    const runs = [...args, '--learning-rate', '1e-9', '--epochs', '100000', '--runs', '90000'];
    const { stderr, exitCode, stdout } = await interrupt(folder, 'SIGINT', 'run 3 of', [
      ...runs,
      '-o',
      'runs.json',
      '--json',
    ]);
    expect(exitCode).toBe(130);
    const found = JSON.parse(stdout);
    expect(found.runs.length).toBeGreaterThanOrEqual(2);
    expect(found.runs.every((run: { epochs: number }) => run.epochs === 2)).toBe(true);
    const saved = `the best of ${found.runs.length} of 90,000 runs was saved, and where training stands`;
    expect(stderr).toMatch(new RegExp(`stopped: ${saved}\\ngo on with: rnn train .* --resume\\n$`));
    expect(JSON.parse(folder.read('runs.json')).settings.seed).toBe(found.seed);
  });

  test('the first counts where it was stopped', async () => {
    const { stdout, stderr, exitCode } = await interrupt(folder, 'SIGINT', 'epoch 3/', [
      ...SHORT_EPOCHS,
      ...['--runs', '2', '-o', 'only.json'],
    ]);
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/stopped: the best of 1 of 2 runs was saved, and where training stands\n.* --resume\n$/);
    expect(stdout).toContain('1 of 2 runs ended: there is no deviation.\n');
    expect(stdout).not.toMatch(/^deviation/m);
    expect(JSON.parse(folder.read('only.json')).settings.seed).toBe(1);
  });
});

describe.concurrent('stopped before the first epoch has ended, nothing is saved:', () => {
  test.each([
    ['Ctrl-C', 'SIGINT', 130, 'no-interrupted.json'],
    ['SIGTERM', 'SIGTERM', 143, 'no-terminated.json'],
  ] as const)('%s', async (_, signal, code, file) => {
    const { stdout, stderr, exitCode } = await interrupt(folder, signal, 'held out', [...LONG_EPOCH, '-o', file]);
    expect(exitCode).toBe(code);
    expect(stderr).toMatch(/stopped before the first epoch ended: nothing was saved\n$/);
    expect(stdout).toBe('');
    expect(folder.names().filter((name) => name.startsWith(file))).toEqual([]);
  });

  test('Ctrl-C while the corpus is still awaited on stdin', async () => {
    folder.write('model.json', 'of before');
    const child = spawn(process.execPath, [BINARY, 'train', '-'], { cwd: folder.path, env: plainEnvironment() });
    // More than a pipe holds: it is taken when the command reads, and so listens to signals.
    child.stdin.write('Anna B-PER\n'.repeat(100_000), () => child.kill('SIGINT'));
    const exitCode = await new Promise((resolve) => child.on('exit', resolve));
    expect(exitCode).toBe(130);
    expect(folder.read('model.json')).toBe('of before');
  });
});
