import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../src/node/digest.js';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, startServer } from '../helpers/server.js';

const folder = new Folder();
let prometheus: ChildProcess | undefined;

beforeAll(() => folder.learnByHeart(NAMES));
afterAll(() => {
  killServers();
  prometheus?.kill('SIGKILL');
});

/** Finds a port that is free. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The value of an expression, the sum of its series; undefined if it has none yet. */
async function query(port: number, expression: string): Promise<number | undefined> {
  const asked = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(`sum(${expression})`)}`;
  const answer = await fetch(asked).then(
    (response) => response.json(),
    () => undefined,
  );
  const value = answer?.data?.result?.[0]?.value?.[1];
  return value === undefined ? undefined : Number(value);
}

const isHere = spawnSync('prometheus', ['--version']).status === 0;

test.skipIf(!isHere)(`Prometheus reads the metrics${isHere ? '' : ': it is not installed'}`, async () => {
  const server = await startServer(folder, '-m', 'names=model.json');
  const port = await freePort();
  folder.write(
    'prometheus.yml',
    `global: { scrape_interval: 1s }\nscrape_configs:\n  - job_name: rnn\n    static_configs: [{ targets: ['${new URL(server.url).host}'] }]\n`,
  );
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${folder.at('prometheus.yml')}`,
      `--storage.tsdb.path=${folder.at('tsdb')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
  await expect.poll(() => query(port, 'up{job="rnn"}'), { timeout: 60_000 }).toBe(1);
  for (let count = 0; count < 30; count++) await server.tag('{"text":"Anna Smith lives in London."}');
  await server.tag('{');
  const expected: Record<string, number> = {
    'rnn_requests_total{path="/tag",status="200"}': 30,
    'rnn_requests_total{path="/tag",status="400"}': 1,
    'rnn_tokens_total{model="names"}': 180,
    'rnn_request_duration_seconds_count{path="/tag"}': 31,
    'rnn_request_duration_seconds_bucket{path="/tag",le="+Inf"}': 31,
    [`rnn_model_info{sha256="${digestOf(folder.read('model.json'))}"}`]: 1,
    rnn_queue_requests: 0,
  };
  for (const [expression, value] of Object.entries(expected))
    await expect.poll(() => query(port, expression), { timeout: 30_000 }).toBe(value);
  const latency = 'histogram_quantile(0.99, sum by (le) (rnn_request_duration_seconds_bucket{path="/tag"}))';
  await expect.poll(() => query(port, latency), { timeout: 60_000 }).toBeGreaterThan(0);
  expect(await query(port, 'process_resident_memory_bytes{job="rnn"}')).toBeGreaterThan(10_000_000);
});
