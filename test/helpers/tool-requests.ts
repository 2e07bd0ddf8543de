import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from './cli.js';
import { killServers, type Server, startServer } from './server.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Tests that paths for annotation tools refuse what is not as it should be; the server takes bodies of 200,000 bytes. */
export function testRefusals(paths: readonly string[], serverOf: () => Server): void {
  const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE) =>
    fetch(`${serverOf().url}${path}`, { method: 'POST', body, headers });

  describe.each(paths)('POST /%s', (path) => {
    test.each([
      ['no JSON', 400, /expected JSON/],
      ['[]', 400, /expected an object/],
      ['{}', 400, /expected|no task/],
      ['['.repeat(10_000), 400, /nested/],
      [`{"a":"${'x'.repeat(200_000)}"}`, 413, /over 200000 bytes/],
    ])('is refused with a bad body: %#', async (body, status, message) => {
      const answer = await post(path, body);
      const { error, hint } = await answer.json();
      expect([answer.status, error]).toEqual([status, expect.stringMatching(message)]);
      expect(`${error} ${hint}`).not.toMatch(/--\w/);
    });

    test('is refused to pages of other origins, without a type of JSON, and by other methods', async () => {
      expect((await post(path, '{}', { ...JSON_TYPE, Origin: 'https://example.org' })).status).toBe(403);
      expect((await post(path, '{}', { 'Content-Type': 'text/plain' })).status).toBe(415);
      const get = await fetch(`${serverOf().url}${path}`);
      expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    });
  });
}

/** Starts a server for the tests of one file, which knows a few names by heart and may be trained; returns what gives it to a test. */
export function startTrainable(): () => Server {
  const folder = new Folder();
  let server: Server;
  beforeAll(async () => {
    await folder.learnByHeart(NAMES);
    server = await startServer(folder, '--train-to', 'trained.json');
  }, 60_000);
  afterAll(killServers);
  return () => server;
}

/** Reads requests of a tool that were recorded, by their names; each line of the file is one. */
export function readRecorded<Recorded>(file: URL): (name: string) => Recorded {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const requests = new Map<string, Recorded>(lines.map((line) => JSON.parse(line)).map((each) => [each.name, each]));
  return (name) => {
    const request = requests.get(name);
    if (request === undefined) throw new Error(`no ${name} was recorded`);
    return request;
  };
}
