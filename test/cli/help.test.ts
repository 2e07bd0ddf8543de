import { describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

describe.concurrent('--help starts with examples, on stdout, with exit code 0:', () => {
  test.each([
    'train',
    'tag',
    'eval',
    'vocab',
    'words',
    'init',
    'inspect',
    'sweep',
    'curve',
    'annotate',
    'doubt',
    'agree',
  ])('%s', async (command) => {
    const { stdout, stderr, exitCode } = await folder.rnn([command, '--help']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(new RegExp(`^Examples:\n {2}rnn ${command}`));
    expect(stdout).toContain(`Usage: rnn ${command}`);
    expect(stdout).toContain('--quiet');
  });

  test('rnn itself, which names every command', async () => {
    const { stdout, exitCode } = await folder.rnn(['--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}rnn train/);
    for (const command of ['train', 'tag', 'eval', 'vocab', 'words'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });
});

test.concurrent('rnn help tag is rnn tag --help', async () => {
  const [long, short] = await Promise.all([folder.rnn(['help', 'tag']), folder.rnn(['tag', '-h'])]);
  expect(long).toEqual(short);
});

test.concurrent('rnn alone shows the help as the usage that it lacks', async () => {
  const { stdout, stderr, exitCode } = await folder.rnn([]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^Examples:/);
});

test.concurrent('--version prints the version of the package', async () => {
  const { stdout, exitCode } = await folder.rnn(['--version']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.concurrent('the help of train names every setting with its default', async () => {
  const { stdout } = await folder.rnn(['train', '--help']);
  const text = stdout.replace(/\s+/g, ' ');
  expect(text).toContain('--hidden <n> size of the hidden state (default: 128)');
  expect(text).toContain('--optimizer <name> optimization algorithm (sgd, momentum, adam)');
  expect(text).toMatch(/--seed <n> seed of all random numbers \(default: 1\)/);
});

test.concurrent('the help of train has groups: every day, data, network, training, output', async () => {
  const { stdout } = await folder.rnn(['train', '--help']);
  const groups = stdout.split(/^(?=[A-Z][\w ]*:$)/m).slice(2);
  expect(groups.map((group) => group.split('\n')[0])).toEqual([
    ...['Every day:', 'Data:', 'Network:', 'Training:', 'Output:'],
  ]);
  const groupOf = (flag: string): string | undefined =>
    groups.find((group) => new RegExp(`^ {2}(?:-\\w, )?${flag}(?: |$)`, 'm').test(group))?.split('\n')[0];
  for (const flag of ['--dev', '--output', '--preset', '--resume', '--help']) expect(groupOf(flag)).toBe('Every day:');
  for (const flag of ['--from', '--keep-going', '--outside', '--vectors']) expect(groupOf(flag)).toBe('Data:');
  for (const flag of ['--cell', '--hidden', '--features']) expect(groupOf(flag)).toBe('Network:');
  for (const flag of ['--epochs', '--seed', '--workers']) expect(groupOf(flag)).toBe('Training:');
  for (const flag of ['--json', '--log', '--report']) expect(groupOf(flag)).toBe('Output:');
});
