import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Figure, Section } from '../section.js';
import { BINARY, endlessLines, trainTaggingModel } from '../tagging-input.js';
import { readBenchCorpus } from '../workload.js';

const MEGABYTE = 1_000_000;
const SAMPLE_MILLISECONDS = 100;

/** What `rnn tag` takes with a model of the default preset while it tags much; 1 GB takes long, and only where asked. */
export const sections: Section[] = [
  { name: 'tagging-memory', run: () => measure(100) },
  { name: 'tagging-memory-jsonl', run: () => measure(100, true) },
  {
    name: 'tagging-memory-1gb',
    run: async () => (process.env.BENCH_LONG === '1' ? measure(1000) : { skipped: 'takes long; set BENCH_LONG=1' }),
  },
];

/** @param isJson whether the text comes as JSON lines */
async function measure(megabytes: number, isJson = false): Promise<readonly Figure[] | { readonly skipped: string }> {
  if (process.platform !== 'linux') return { skipped: 'resident memory is read where Linux tells it' };
  const model = await trainTaggingModel();
  const from = isJson ? ['--from', 'jsonl', '--workers', '2'] : [];
  const child = spawn(process.execPath, [BINARY, 'tag', '-m', model.path, '--json', ...from], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, residentOf(child, 'VmHWM'));
  }, SAMPLE_MILLISECONDS);
  try {
    const began = performance.now();
    const resident = await feed(child, ended, megabytes * MEGABYTE, [0.1, 0.5, 1], isJson ? toJsonLines : undefined);
    child.stdin.end();
    const [code] = await ended;
    if (code !== 0) throw new Error(`rnn tag ended with exit code ${code}`);
    const minutes = (performance.now() - began) / 60_000;
    const note = `at 10, 50 and 100 % of the input ${resident.map((each) => each.toFixed(0)).join(', ')} MB; ${minutes.toFixed(1)} min`;
    return [{ what: `resident while tagging ${megabytes} MB, at most`, measured: peak, unit: 'MB', atMost: 300, note }];
  } finally {
    clearInterval(sampler);
    child.kill('SIGKILL');
    model.remove();
  }
}

/**
 * Writes so much text, to the end of a round.
 *
 * @param ended when the process has
 * @param fractions of it, ascending
 * @param convert brings lines into another form
 * @returns megabytes that were resident when each was written
 */
async function feed(
  child: ChildProcess,
  ended: Promise<unknown>,
  size: number,
  fractions: readonly number[],
  convert = (text: string): string => text,
): Promise<number[]> {
  const resident: number[] = [];
  let written = 0;
  for (const text of endlessLines(readBenchCorpus())) {
    const bytes = Buffer.from(convert(text));
    written += bytes.length;
    if (child.stdin?.write(bytes) === false) await Promise.race([drained(child), ended]);
    while (written >= (fractions[resident.length] ?? Number.POSITIVE_INFINITY) * size)
      resident.push(residentOf(child, 'VmRSS'));
    if (written >= size || child.exitCode !== null) return resident;
  }
  return resident;
}

function toJsonLines(text: string): string {
  return text.replace(/.+/g, (line) => JSON.stringify({ text: line }));
}

async function drained({ stdin }: ChildProcess): Promise<void> {
  await new Promise((resolve) => stdin?.once('drain', resolve));
}

/** Megabytes; 0 where the process has ended. */
function residentOf({ pid }: ChildProcess, which: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${which}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
