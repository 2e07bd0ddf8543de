import { spawnSync } from 'node:child_process';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment } from '../helpers/cli.js';
import { contentsOf } from '../helpers/sweeps.js';

const folder = new Folder();
const SETTINGS = ['--preset', 'textbook', '--epochs', '9', '--dev', 'names.conll', '--trials', '3'];
const PARALLEL = 'parallel';
const SINFO = 'sinfo';
const hasParallel = /GNU parallel/.test(String(spawnSync(PARALLEL, ['--version']).stdout));
const hasSlurm = spawnSync(SINFO, ['--noheader', '--states=idle']).stdout?.length > 0;

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('space.yaml', 'hidden: [4, 8, 16]\nlearningRate: {min: 0.01, max: 1, log: true}\n');
  await folder.mustRun(['sweep', 'space.yaml', 'names.conll', ...SETTINGS, '-o', 'here']);
  folder.makeFolder('home');
});

/** Runs a program in the folder, which is its home too. */
async function run(program: string, ...args: string[]): Promise<void> {
  await execa(program, args, { cwd: folder.path, env: { ...plainEnvironment(), HOME: folder.at('home') } });
}

/** The command for one trial, into a folder. */
function trialCommand(name: string, trial: string): string[] {
  return [process.execPath, BINARY, 'sweep', 'space.yaml', 'names.conll', ...SETTINGS, '-o', name, '--trial', trial];
}

async function expectTheSame(name: string): Promise<void> {
  await folder.mustRun(['sweep', '--collect', name]);
  expect(contentsOf(folder, name)).toEqual(contentsOf(folder, 'here'));
}

describe.skipIf(!hasParallel)('GNU parallel (skipped where it is missing)', () => {
  test('runs a sweep, with the results of the command alone', async () => {
    await run(PARALLEL, '--will-cite', '-j', '2', ...trialCommand('parallel', '{}'), ':::', '1', '2', '3');
    await expectTheSame('parallel');
  });
});

describe.skipIf(!hasSlurm)('a Slurm array (skipped where no node of it is idle)', () => {
  test('runs a sweep, with the results of the command alone', async () => {
    const command = trialCommand('slurm', '$SLURM_ARRAY_TASK_ID').join(' ');
    await run('sbatch', '--wait', '--array=1-3', '--output=/dev/null', `--wrap=${command}`);
    await expectTheSame('slurm');
  });
});
