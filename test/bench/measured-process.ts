import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';

/** Writes what the process took, when it ends. */
const WATCH_USAGE = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.USAGE_FILE, JSON.stringify(process.resourceUsage())));`;

/** What a process took. */
export interface MeasuredProcess {
  readonly stdout: string;
  /** Wall time, start and end included. */
  readonly seconds: number;
  /** Seconds of all processors together: more than the wall time where several work. */
  readonly cpuSeconds: number;
  /** Megabytes of memory that were resident at most. */
  readonly residentMegabytes: number;
}

/**
 * Runs Node, and measures what it takes.
 *
 * @param ceiling seconds after which it is stopped
 * @throws what `execFile` rejects with, where the process fails or is stopped
 */
export async function runMeasured(
  arguments_: readonly string[],
  ceiling = Number.POSITIVE_INFINITY,
): Promise<MeasuredProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const usageFile = join(folder, 'usage');
    const preload = `data:text/javascript,${encodeURIComponent(WATCH_USAGE)}`;
    const began = performance.now();
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, ...arguments_], {
      env: { ...process.env, USAGE_FILE: usageFile },
      ...(Number.isFinite(ceiling) && { timeout: 1000 * ceiling, killSignal: 'SIGKILL' }),
    });
    const seconds = (performance.now() - began) / 1000;
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
    const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
    return { stdout, seconds, cpuSeconds, residentMegabytes: usage.maxRSS / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
