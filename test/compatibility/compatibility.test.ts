import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, type Run } from '../helpers/cli.js';

/**
 * Whether this release reads what an older one wrote, or refuses it by the version of its format. Whoever changes a
 * format changes a line here, and says so in the changelog.
 */
const RELEASES: readonly {
  readonly release: string;
  readonly checkpoints: 'read' | 'refused';
  /** The checkpoints that are refused though the rest is read: of networks that this release does not have. */
  readonly exceptions: readonly string[];
  readonly state: 'resumed' | 'refused';
}[] = [{ release: '0.1.0', checkpoints: 'read', exceptions: ['wide'], state: 'refused' }];

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SENTENCES = readFileSync(`${HERE}sentences.txt`, 'utf8');

const folder = new Folder();

beforeAll(() => {
  for (const name of ['corpus.conll', 'vectors.txt']) folder.write(name, readFileSync(`${HERE}${name}`));
});

/** What a release wrote, by the path in its folder. */
function fixture(release: string, name: string): Buffer {
  return readFileSync(`${HERE}${release}/${name}`);
}

function checkpoint(release: string, name: string): string {
  return gunzipSync(fixture(release, `${name}.json.gz`)).toString();
}

/** The arguments with which it wrote each checkpoint, by its name. */
function commandsOf(release: string): Record<string, readonly string[]> {
  const lines = fixture(release, 'commands.txt').toString().trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => {
      const [, args = '', name = ''] = /^rnn (.*) -o (.*)\.json$/.exec(line) ?? [];
      return [name, args.split(' ')];
    }),
  );
}

const CONFIDENCE = /,"confidence":([0-9.]+)/g;

/** Returns all confidences; tagging rounds to 16 bits since, which moves them a little. */
function confidencesIn(text: string): number[] {
  return [...text.matchAll(CONFIDENCE)].map(([, confidence]) => Number(confidence));
}

function expectRefusedByVersion({ stdout, stderr, exitCode }: Run): void {
  expect(stderr).toMatch(/^rnn: .*version/s);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(stderr.split('\n').length).toBeLessThan(5);
  expect([exitCode, stdout]).toEqual([3, '']);
}

test('every release that left something here is looked at', () => {
  const folders = readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(RELEASES.map(({ release }) => release)).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(RELEASES)('what $release wrote:', ({ release, checkpoints, exceptions, state }) => {
  const { stopped = [], ...trainings } = commandsOf(release);
  const isRead = (name: string): boolean => checkpoints === 'read' && !exceptions.includes(name);
  const cases = Object.keys(trainings).map((name) => [name, isRead(name) ? 'read, and tags as then' : 'refused']);

  describe.concurrent('a checkpoint', () => {
    test.each(cases)('%s is %s', async (name) => {
      const file = `${release}-${name}.json.gz`;
      folder.write(file, fixture(release, `${name}.json.gz`));
      const tagged = await folder.rnn(['tag', '-m', file, '--to', 'jsonl'], { input: SENTENCES });
      const inspect = ['inspect', '-m', file];
      if (!isRead(name)) return [tagged, await folder.rnn(inspect)].forEach(expectRefusedByVersion);

      const inspected = await folder.rnn([...inspect, '--json']);

      const records = (text: string) =>
        text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));
      expect(tagged).toMatchObject({ exitCode: 0, stderr: '' });
      const [found, expected] = [tagged.stdout, fixture(release, `${name}.jsonl`).toString()];
      const withoutConfidences = (text: string) => records(text.replace(CONFIDENCE, ''));
      expect(withoutConfidences(found)).toMatchObject(withoutConfidences(expected));
      for (const [index, confidence] of confidencesIn(expected).entries())
        expect(Math.abs(confidencesIn(found)[index] - confidence)).toBeLessThan(0.001);
      const { tags, settings } = JSON.parse(checkpoint(release, name));
      const { wide: _, ...kept } = settings; // which this release does not have
      expect(JSON.parse(inspected.stdout)).toMatchObject({ tags, settings: kept });
    });
  });

  test(`a stopped training is ${state}${state === 'resumed' ? ' to the bytes of an unbroken one' : ''}`, async () => {
    folder.write('stopped.json', checkpoint(release, 'stopped'));
    folder.write('stopped.json.state', fixture(release, 'stopped.state'));
    const run = await folder.rnn([...stopped, '-o', 'stopped.json', '--resume']);
    if (state === 'refused') return expectRefusedByVersion(run);

    expect(run.stderr).toMatch(/^going on from stopped\.json\.state/m);
    const unbroken = Object.keys(trainings).find((name) => String(trainings[name]) === String(stopped));
    expect(folder.read('stopped.json')).toBe(checkpoint(release, unbroken ?? ''));
  });
});

describe.concurrent('what a later release wrote is refused by its version, whatever else it holds:', () => {
  const { release } = RELEASES[RELEASES.length - 1] ?? { release: '' };
  const later = { ...JSON.parse(checkpoint(release, 'default')), version: 99, settings: 'others', parameters: [] };
  beforeAll(() => folder.write('later.json', JSON.stringify(later)));

  test.each([
    [['tag', '-m', 'later.json', 'Anna left .']],
    [['eval', 'corpus.conll', '-m', 'later.json']],
    [['inspect', '-m', 'later.json']],
    [['export', '--html', 'later.html', '-m', 'later.json']],
    [['train', 'corpus.conll', '--init-from', 'later.json', '-o', 'more.json']],
  ])('a checkpoint by rnn %j', async (args) => {
    const run = await folder.rnn(args);
    expectRefusedByVersion(run);
    expect(run.stderr).toMatch(/later\.json: .*version \d+, found version 99\n.*update rnn-tagger/);
  });

  test('the state of a training by rnn train --resume', async () => {
    folder.write('more.json.state', 'rnn-tagger state 99 20\n{"other": "content"}');
    const run = await folder.rnn(['train', 'corpus.conll', '-o', 'more.json', '--resume']);
    expectRefusedByVersion(run);
    expect(run.stderr).toMatch(/more\.json\.state: .*version \d+, found version 99/);
  });
});
