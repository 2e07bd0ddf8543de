import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The number of the field of `/proc/PID/stat` that says when a process began, counted from the one that says its state. */
const START_FIELD = 19;

/** The states of processes that have ended, and whose parents have not taken note of it yet. */
const ENDED = /^[ZX]/;

/** What a system says of a process. */
interface ProcessStatus {
  readonly state: string;
  /** The moment when it began, in a form of the system's own. */
  readonly start: string;
}

/** Returns whether a process of this machine is alive. One that has ended is not, even if its parent has not taken note of it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return !ENDED.test(statusOf(pid)?.state ?? '');
}

/** Returns when a process began, which tells it from an earlier one of its number; undefined if the system does not say it. */
export function startOf(pid: number): string | undefined {
  return statusOf(pid)?.start;
}

function statusOf(pid: number): ProcessStatus | undefined {
  try {
    return process.platform === 'linux' ? statusOfLinux(pid) : statusOfPs(pid);
  } catch {
    return undefined; // there is no such process, or no such file or command
  }
}

/** Reads `/proc`, see proc(5): the name of the command, in parentheses, may hold anything. */
function statusOfLinux(pid: number): ProcessStatus {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return { state: fields[0] ?? '', start: `${boot} ${fields[START_FIELD]}` };
}

function statusOfPs(pid: number): ProcessStatus | undefined {
  const output = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [, state, start] = /^\s*(\S+)\s+(.*\S)/.exec(output) ?? [];
  return state !== undefined && start !== undefined ? { state, start } : undefined;
}
