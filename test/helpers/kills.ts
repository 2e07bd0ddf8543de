import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, watch } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Random } from '../../src/numerics/random.js';
import { BINARY, type Folder, NAMES, plainEnvironment } from './cli.js';

/** Short epochs, so that states are written all the time, with all that a state may hold: moments, averages, networks. */
const TRAIN = [
  ...['train', 'names.conll', '--preset', 'textbook', '--hidden', '8', '--optimizer', 'adam', '--average', '0.9'],
  ...['--batch-size', '1', '--dropout', '0.2', '--networks', '2', '-o', 'model.json'],
];

/** When a training is killed: milliseconds after its first epoch, or as soon as it has begun to write its n-th state. */
type Moment = { readonly after: number } | { readonly writing: number };

export interface KillFigures {
  readonly kills: number;
  /** Of them, those that left a state half written. */
  readonly inWriting: number;
  /** Resumed from a state; the others began anew. */
  readonly resumed: number;
  /** Trainings that were over before. */
  readonly late: number;
  /** Whose checkpoint was not that of the unbroken run, or that could not go on, with what they said. */
  readonly failures: readonly string[];
}

/**
 * Trains and kills the real process, so many times, each at another moment, resumes it and compares the checkpoint with
 * that of an unbroken run.
 */
export async function killAndResume(folder: Folder, tries: number, epochs: number): Promise<KillFigures> {
  const random = new Random(20, tries);
  /** One network after the other, or both at the same time. */
  const train = (): string[] => [...TRAIN, '--epochs', String(epochs), '--workers', String(1 + random.below(2))];
  folder.write('names.conll', NAMES);
  const duration = await trainUnbroken(folder, train());
  const unbroken = folder.read('model.json');
  const failures: string[] = [];
  let [kills, inWriting, resumed, late] = [0, 0, 0, 0];
  while (kills < tries) {
    for (const name of ['model.json', 'model.json.state', 'model.json.state.tmp'])
      rmSync(folder.at(name), { force: true });
    const moment =
      random.below(2) === 0 ? { after: (random.uniform() * duration) / 2 } : { writing: 1 + random.below(3) };
    if (!(await kill(folder, train(), moment))) {
      if (++late > 6 * tries) throw new Error('nearly all trainings were over before they could be killed');
      continue;
    }
    kills++;
    if (existsSync(folder.at('model.json.state.tmp'))) inWriting++;
    const { stderr, exitCode } = await folder.rnn([...train(), '--resume']);
    if (/^going on from/m.test(stderr)) resumed++;
    if (exitCode !== 0 || folder.read('model.json') !== unbroken)
      failures.push(`${JSON.stringify(moment)}: exit code ${exitCode}: ${stderr}`);
    const left = folder.names().filter((name) => name.includes('.state'));
    if (left.length > 0) failures.push(`${JSON.stringify(moment)}: it left ${left}`);
  }
  return { kills, inWriting, resumed, late, failures };
}

/** Trains to the end, and gives the milliseconds from the first epoch on. */
async function trainUnbroken(folder: Folder, args: readonly string[]): Promise<number> {
  const { child, firstEpoch, ended } = start(folder, args);
  await firstEpoch;
  const began = performance.now();
  await ended;
  if (child.exitCode !== 0) throw new Error(`rnn ${args.join(' ')}: exit ${child.exitCode}`);
  return performance.now() - began;
}

/** Whether the process was still there when it was killed. */
async function kill(folder: Folder, args: readonly string[], moment: Moment): Promise<boolean> {
  const { child, firstEpoch, ended } = start(folder, args);
  let begun = 0;
  const watcher = watch(folder.path, (change, name) => {
    if (!('writing' in moment) || change !== 'rename' || name !== 'model.json.state.tmp') return;
    if (!existsSync(folder.at(name))) return;
    if (++begun >= moment.writing) child.kill('SIGKILL');
  });
  let timer: NodeJS.Timeout | undefined;
  if ('after' in moment)
    void firstEpoch.then(() => {
      timer = setTimeout(() => child.kill('SIGKILL'), moment.after);
    });
  await ended;
  watcher.close();
  clearTimeout(timer);
  return child.signalCode === 'SIGKILL';
}

function start(folder: Folder, args: readonly string[]) {
  const child = spawn(process.execPath, [BINARY, ...args], {
    cwd: folder.path,
    env: plainEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const firstEpoch = new Promise<void>((resolve) => {
    child.stderr.on('data', (text) => String(text).includes('epoch 1/') && resolve());
  });
  return { child, firstEpoch, ended: once(child, 'close') };
}
