import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const DEV = ['--dev', 'names.conll', ...SMALL];
const RUNS = ['train', 'names.conll', ...DEV, '--runs', '2', '-o', 'runs.json'];
const COMMANDS: readonly (readonly [command: string, title: string, args: readonly string[]])[] = [
  ['train', 'Training of runs.json', RUNS],
  ['eval', 'model.json on names.conll', ['eval', 'names.conll']],
  ['sweep', 'Sweep in sweep', ['sweep', 'space.yaml', 'names.conll', ...DEV, '--trials', '2']],
  ['curve', 'Learning curve of names.conll', ['curve', 'names.conll', ...DEV, '--parts', '1/3,1', '--seeds', '2']],
];

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('space.yaml', 'formWidth: [4, 8]\n');
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
}, 60_000);

describe('tables for other texts go to stdout:', () => {
  test.each(COMMANDS)('rnn %s --to markdown', async (_, title, args) => {
    const { stdout } = await folder.mustRun([...args, '--to', 'markdown']);
    expect(stdout.startsWith(`# ${title.replaceAll('_', '\\_')}\n\n## `)).toBe(true);
    expect(stdout).toMatch(/^\|:--\|--:/m);
  });

  test.each(COMMANDS)('rnn %s --to latex', async (_, title, args) => {
    const { stdout } = await folder.mustRun([...args, '--to', 'latex']);
    expect(stdout.startsWith(`% ${title}\n% The preamble needs \\usepackage{booktabs}.\n`)).toBe(true);
    const tables = [...stdout.matchAll(/\\begin\{table\}/g)].length;
    expect(tables).toBeGreaterThan(0);
    for (const part of ['\\toprule', '\\midrule', '\\bottomrule', '\\end{tabular}', '\\end{table}'])
      expect(stdout.split(part)).toHaveLength(tables + 1);
  });

  test('mean and deviation over seeds stand in one cell', async () => {
    const runs = await folder.mustRun([...RUNS, '--to', 'latex']);
    expect(runs.stdout).toMatch(/^mean \$\\pm\$ deviation & [\d.]+ \$\\pm\$ [\d.]+ & {2}& {2}\\\\$/m);
    const curve = await folder.mustRun([...(COMMANDS[3]?.[2] ?? []), '--to', 'markdown']);
    expect(curve.stdout).toMatch(/^\| all \| 3 \| 15 \| [\d.]+ ± [\d.]+ \|$/m);
  });
});

test.each([
  [['train', 'names.conll', '--to', 'latex', '-o', '-'], '--to latex and -o - both want stdout'],
  [['sweep', 'space.yaml', 'names.conll', '--to', 'latex', '--trial', '1'], '--to latex is for all trials'],
  [['sweep', 'space.yaml', 'names.conll', '--to', 'latex', '--json'], '--json is --to json, and --to latex says'],
])('what cannot be meant is refused: %j', async (args, message) => {
  const { stderr, exitCode } = await folder.rnn(args);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});
