import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './built.js';
import { runMeasured } from './measured-process.js';

/** Fractions of 1. */
export interface ReportedScores {
  readonly f1: number;
  readonly accuracy: number;
}

/** What a run of `rnn train` reports. */
export interface CommandRun {
  /** Wall time of the command, reading and scoring included. */
  readonly seconds: number;
  readonly trainTokensPerSecond: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly dev: ReportedScores;
  /** Only where `--test` was given. */
  readonly test?: ReportedScores;
  /** Seconds of all processors together: more than the wall time where several work. */
  readonly cpuSeconds: number;
  /** Megabytes of memory that were resident at most. */
  readonly residentMegabytes: number;
}

/**
 * Runs `rnn train` on a corpus, as people do, in a process of its own.
 *
 * @param ceiling seconds after which it is stopped
 * @throws with what the command said, where it fails or is stopped
 */
export async function runTrainCommand(
  corpus: string,
  options: readonly string[],
  ceiling = Number.POSITIVE_INFINITY,
): Promise<CommandRun> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const remove = (): void => rmSync(folder, { recursive: true });
  process.once('exit', remove);
  try {
    const command = [join(ROOT, 'bin/rnn.js'), 'train', corpus, '--json', '--quiet', '-o', join(folder, 'model.json')];
    const { stdout, cpuSeconds, residentMegabytes } = await runMeasured([...command, ...options], ceiling);
    const report = JSON.parse(stdout) as Omit<CommandRun, 'cpuSeconds' | 'residentMegabytes'>;
    return { ...report, cpuSeconds, residentMegabytes };
  } catch (error) {
    throw new Error(whyItFailed(error, ceiling), { cause: error });
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** The command's own message, which stands in the first lines of its stderr. */
function whyItFailed(error: unknown, ceiling: number): string {
  if (!(error instanceof Error)) return String(error);
  const { killed, stderr } = error as { killed?: boolean; stderr?: string };
  if (killed) return `stopped after ${ceiling} s`;
  return stderr?.trim() || error.message;
}
