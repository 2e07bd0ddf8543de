import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './built.js';

/** What a run of `rnn train` reports. */
export interface CommandRun {
  readonly trainTokensPerSecond: number;
  readonly epochs: number;
  /** Megabytes of memory that were resident at most. */
  readonly residentMegabytes: number;
}

/** Writes the process's peak of resident memory, in kilobytes, when it ends. */
const WATCH_MEMORY = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS)));`;

/** Runs `rnn train` on a corpus, as people do, in a process of its own. */
export async function runTrainCommand(corpus: string, options: readonly string[]): Promise<CommandRun> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const memoryFile = join(folder, 'memory');
    const preload = `data:text/javascript,${encodeURIComponent(WATCH_MEMORY)}`;
    const command = [join(ROOT, 'bin/rnn.js'), 'train', corpus, '--json', '--quiet', '-o', join(folder, 'model.json')];
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, ...command, ...options], {
      env: { ...process.env, MEMORY_FILE: memoryFile },
    });
    const report = JSON.parse(stdout) as Omit<CommandRun, 'residentMegabytes'>;
    return { ...report, residentMegabytes: Number(readFileSync(memoryFile, 'utf8')) / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
