import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';

/** Seconds that some work takes. */
export function secondsOf(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}

/** The fewest seconds a call, over blocks of as many calls as fill a fraction of a time slice: what others disturb least. */
export function fastestCall(call: () => void, blocks = 40, blockSeconds = 0.0003): number {
  let calls = 1;
  for (;;) {
    const count = calls;
    const seconds = secondsOf(() => repeat(call, count));
    if (seconds >= blockSeconds) break;
    calls = Math.ceil(Math.min(10 * calls, (1.2 * calls * blockSeconds) / Math.max(seconds, 1e-7)));
  }
  let fastest = Number.POSITIVE_INFINITY;
  for (let block = 0; block < blocks; block++)
    fastest = Math.min(fastest, secondsOf(() => repeat(call, calls)) / calls);
  return fastest;
}

function repeat(call: () => void, calls: number): void {
  for (let index = 0; index < calls; index++) call();
}

/** The middle one of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

/** Begins to watch what other processes take; the answer is asked for the processors that they kept busy since. */
export function watchOthers(): () => number {
  const began = performance.now();
  const busyBefore = busySeconds();
  const ownBefore = process.cpuUsage();
  return () => {
    const own = process.cpuUsage(ownBefore);
    const seconds = (performance.now() - began) / 1000;
    return Math.max(0, busySeconds() - busyBefore - (own.user + own.system) / 1e6) / seconds;
  };
}

function busySeconds(): number {
  return cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0);
}

/** What to say of the processors that others kept busy. */
export function describeOthers(processors: number): string {
  return `others kept ${processors.toFixed(1)} processors busy`;
}
