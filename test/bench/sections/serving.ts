import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../built.js';
import { loadServer } from '../http-client.js';
import type { Section } from '../section.js';

const CONNECTIONS = 64;
const SECONDS = 10;
const BINARY = join(ROOT, 'bin/rnn.js');

/** `rnn serve` with a model of the default preset, one sentence a request; the client takes its part of the processors. */
export const sections: Section[] = [
  {
    name: 'serving',
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'));
      const model = join(folder, 'model.json');
      await promisify(execFile)(process.execPath, [BINARY, 'train', '--epochs', '2', '--quiet', '-o', model]);
      const server = spawn(process.execPath, [BINARY, 'serve', '-m', model, '--port', '0'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      try {
        const url = await new Promise<string>((resolve, reject) => {
          server.stderr.on('data', (data) => resolve(/http:\S+/.exec(`${data}`)?.[0] ?? ''));
          server.once('exit', () => reject(new Error('rnn serve ended')));
        });
        const text = readFileSync(join(ROOT, 'data/starter/test.conll'), 'utf8');
        const bodies = text
          .split('\n\n')
          .map((sentence) => sentence.split('\n').map((line) => line.split(/\s/)[0] ?? ''))
          .map((tokens) => JSON.stringify({ text: tokens.join(' ').trim() }));
        await loadServer(url, bodies, CONNECTIONS, 2);
        const { perSecond, p99, statuses } = await loadServer(url, bodies, CONNECTIONS, SECONDS);
        const over = await loadServer(url, bodies, 2560, SECONDS);
        return [
          { what: 'a sentence a request, 64 connections', measured: perSecond, unit: 'requests/s', atLeast: 3000 },
          {
            what: 'the same: answered within, but for 1 %',
            measured: p99,
            unit: 'ms',
            atMost: 50,
            note: told(statuses),
          },
          { what: '2,560 connections', measured: over.perSecond, unit: 'answers/s', note: told(over.statuses) },
        ];
      } finally {
        server.kill('SIGKILL');
        rmSync(folder, { recursive: true });
      }
    },
  },
];

function told(statuses: Readonly<Record<string, number>>): string {
  return Object.entries(statuses)
    .map(([status, count]) => `${status}: ${count}`)
    .join(', ');
}
