import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../built.js';
import { type LoadResult, loadServer } from '../http-client.js';
import { prepareReleaseBefore } from '../release-before.js';
import type { Figure, Section } from '../section.js';
import { median } from '../timing.js';

const CONNECTIONS = 64;
const SECONDS = 10;
/** For the comparison. */
const ROUNDS = 3;
const SHORT = 5;

/** `rnn serve` with a model of the default preset, one sentence a request; the client takes its part of the processors. */
export const sections: Section[] = [
  {
    name: 'serving',
    async run() {
      const { perSecond, p99, statuses, over } = await withModel((model) => serve(ROOT, model, SECONDS, true));
      return [
        { what: 'a sentence a request, 64 connections', measured: perSecond, unit: 'requests/s', atLeast: 3000 },
        {
          what: 'the same: answered within, but for 1 %',
          measured: p99,
          unit: 'ms',
          atMost: 50,
          note: told(statuses),
        },
        ...(over
          ? [{ what: '2,560 connections', measured: over.perSecond, unit: 'answers/s', note: told(over.statuses) }]
          : []),
      ];
    },
  },
  {
    name: 'serving-before',
    async run() {
      const before = await prepareReleaseBefore();
      return 'skipped' in before ? before : withModel((model) => compare(before.root, model));
    },
  },
];

/** By turns, so that what disturbs one disturbs the other. */
async function compare(rootBefore: string, model: string): Promise<Figure[]> {
  const rounds: { readonly before: LoadResult; readonly now: LoadResult }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ before: await serve(rootBefore, model, SHORT), now: await serve(ROOT, model, SHORT) });
  const of = (which: (round: (typeof rounds)[number]) => number): number => median(rounds.map(which));
  const [p99, p99Before] = [of(({ now }) => now.p99), of(({ before }) => before.p99)];
  return [
    {
      what: 'a sentence a request, 64 connections, against the release before',
      measured: of(({ now, before }) => now.perSecond / before.perSecond),
      unit: 'x',
      atLeast: 1.5,
      note: `${of(({ now }) => now.perSecond).toFixed(0)} against ${of(({ before }) => before.perSecond).toFixed(0)} requests/s`,
    },
    {
      what: 'the same: the time in which all but 1 % are answered',
      measured: p99 / p99Before,
      unit: 'x',
      atMost: 1,
      note: `${p99.toFixed(1)} against ${p99Before.toFixed(1)} ms`,
    },
  ];
}

async function withModel<Result>(work: (model: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const model = join(folder, 'model.json');
    const binary = join(ROOT, 'bin/rnn.js');
    await promisify(execFile)(process.execPath, [binary, 'train', '--epochs', '2', '--quiet', '-o', model]);
    return await work(model);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Starts a server and loads it.
 *
 * @param root the top folder of its release
 * @param isFlooded whether it is also asked over more connections than it takes
 */
async function serve(
  root: string,
  model: string,
  seconds: number,
  isFlooded = false,
): Promise<LoadResult & { readonly over?: LoadResult }> {
  const command = [join(root, 'bin/rnn.js'), 'serve', '-m', model, '--port', '0'];
  const server = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      server.stderr.on('data', (data) => resolve(/http:\S+/.exec(`${data}`)?.[0] ?? ''));
      server.once('exit', () => reject(new Error('rnn serve ended')));
    });
    const bodies = readBodies();
    await loadServer(url, bodies, CONNECTIONS, 2);
    const result = await loadServer(url, bodies, CONNECTIONS, seconds);
    return isFlooded ? { ...result, over: await loadServer(url, bodies, 2560, seconds) } : result;
  } finally {
    server.kill('SIGKILL');
  }
}

function readBodies(): string[] {
  const text = readFileSync(join(ROOT, 'data/starter/test.conll'), 'utf8');
  return text
    .split('\n\n')
    .map((sentence) => sentence.split('\n').map((line) => line.split(/\s/)[0] ?? ''))
    .map((tokens) => JSON.stringify({ text: tokens.join(' ').trim() }));
}

function told(statuses: Readonly<Record<string, number>>): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}
