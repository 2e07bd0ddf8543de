import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun([
    'train',
    'names.conll',
    '--hidden',
    '8',
    '--epochs',
    '4',
    '--networks',
    '2',
    '--dev',
    'names.conll',
  ]);
});

/** The numbers of a parameter in a checkpoint, in base64. */
interface StoredNumbers {
  readonly type: string;
  readonly data: string;
  readonly exponents?: string;
}

function storedBytes({ data, exponents = '' }: StoredNumbers): number {
  return Buffer.from(data, 'base64').length + Buffer.from(exponents, 'base64').length;
}

test('inspect shows settings, tags, vocabulary, parameters with shapes, corpora and history', async () => {
  const { stdout, stderr } = await folder.mustRun(['inspect']);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^2 networks, [\d,]+ weights, \d+\.\d [kM]B\n/);
  for (const shown of [
    /^hidden \* +8$/m,
    /^layers +1$/m,
    /^Tags: IOB2 \(BIO\), outside O$/m,
    /^14 words, the unknown word/m,
  ])
    expect(stdout).toMatch(shown);
  expect(stdout).toMatch(/^input\.form +14 × 100 +1,400 +int8 +1\.4 kB$/m);
  expect(stdout).toMatch(/^distinct entities: LOC 2, PER 2$/m);
  expect(stdout).toMatch(/^clusters {2}150,000 words in 64, 256, 1,024 clusters$/m);
  expect(stdout.match(/sha256 [0-9a-f]{64}/g)).toHaveLength(3);
  expect(stdout).toMatch(/^History of network 2\nepoch \d of 4 was kept, dev F1 \d+\.\d\d\nloss, epochs 1 to 4\n/m);
  for (const line of stdout.split('\n').filter((each) => /[┤×]/.test(each)))
    expect(line.length).toBeLessThanOrEqual(80);
});

test('inspect --json holds the same for tools, and sums what a checkpoint holds', async () => {
  const { stdout } = await folder.mustRun(['inspect', 'model.json', '--json']);
  const { parameters, weights, bytes, histories, corpora, vocabulary } = JSON.parse(stdout);
  const sum = parameters.reduce((total: number, { count }: { count: number }) => total + count, 0);
  expect(weights).toBe(2 * sum);
  const checkpoint = JSON.parse(folder.read('model.json'));
  const sizes = [checkpoint, ...checkpoint.others].map(({ parameters: stored }) =>
    Object.values<StoredNumbers>(stored).map(storedBytes),
  );
  expect(parameters.map(({ bytes }: { bytes: number }) => bytes)).toEqual(sizes[0]);
  expect(parameters.map(({ type }: { type: string }) => type)).toEqual(
    Object.values<StoredNumbers>(checkpoint.parameters).map(({ type }) => type),
  );
  expect(bytes).toBe(sizes.flat().reduce((total, size) => total + size, 0));
  expect(histories).toHaveLength(2);
  expect(corpora.train).toEqual(corpora.dev);
  expect(vocabulary).toMatchObject({ size: 14, lowercase: true, foldDigits: true });
});

test('inspect tells what a training went on with', async () => {
  await folder.mustRun([
    'train',
    'names.conll',
    '--init-from',
    'model.json',
    '--keep',
    'names.conll',
    '--epochs',
    '1',
    '-o',
    'more.json',
  ]);
  const { stdout } = await folder.mustRun(['inspect', 'more.json']);
  expect(stdout).toMatch(/^keep {3}\d+ sentences?, \d+ tokens$/m);
  expect(stdout).toMatch(/^trained further from a model of 3 sentences\n {7}sha256 [0-9a-f]{64}$/m);
});

test('what cannot be read is refused with what to do', async () => {
  const checkpoint = folder.read('model.json');
  for (const [version, hint] of [
    [1, 'train it again'],
    [99, 'update rnn-tagger'],
  ] as const) {
    folder.write('other.json', checkpoint.replace(/"version": \d+/, `"version": ${version}`));
    const { stderr, exitCode } = await folder.rnn(['inspect', '-m', 'other.json']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`found version ${version}\n     ${hint}`);
  }
  expect((await folder.rnn(['inspect', 'nowhere.json'])).exitCode).toBe(3);
  expect((await folder.rnn(['inspect', 'a.json', '-m', 'b.json'])).exitCode).toBe(2);
});
