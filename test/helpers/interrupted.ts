import { spawn } from 'node:child_process';
import { BINARY, type Folder, plainEnvironment } from './cli.js';

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Trains, and sends a signal as soon as stderr says the words, or some milliseconds later; and again after each pause. */
export function interrupt(
  folder: Folder,
  signal: NodeJS.Signals,
  words: string,
  args: readonly string[],
  later = 0,
  ...pauses: number[]
): Promise<Ended> {
  const child = spawn(process.execPath, [BINARY, 'train', ...args], { cwd: folder.path, env: plainEnvironment() });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    const before = stderr;
    stderr += piece;
    if (before.includes(words) || !stderr.includes(words)) return;
    let moment = later;
    for (const pause of [0, ...pauses]) {
      moment += pause;
      setTimeout(() => child.kill(signal), moment);
    }
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ stdout, stderr, exitCode })));
}
