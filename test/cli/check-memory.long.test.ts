import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { distinctWords, memoryOf } from '../helpers/memory.js';

const folder = new Folder();
const MEGABYTES = 12;
const SIZE = MEGABYTES * 1e6;

/** Megabytes that were resident at most while a file was checked. */
const takenBy = (file: string): Promise<number> => memoryOf(folder, ['check', file]);

let least = 0;
beforeAll(async () => {
  folder.write('small', 'a O\n');
  least = await takenBy('small');
});

const SENTENCE = 'Anna\tB-PER\nSmith\tI-PER\nlives\tO\nin\tO\nLondon\tB-LOC\n.\tO\n\n';

test.each<[string, () => string | Uint8Array]>([
  ['blank lines', () => '\n'.repeat(SIZE)],
  ['nothing, packed', () => gzipSync(Buffer.alloc(SIZE, '\n'))],
  ['one line', () => 'a'.repeat(SIZE)],
  ['one sentence again and again', () => SENTENCE.repeat(SIZE / SENTENCE.length)],
  ['lines of white space', () => 'a\tO\n \n'.repeat(SIZE / 6)],
  ['lines that are refused', () => 'a\tO\n\nb\n'.repeat(SIZE / 7)],
  ['lines that are refused, and no end of a sentence', () => `a\tO\n\n${'b\n'.repeat(SIZE / 2)}`],
  ['entities that contradict each other', () => `${SENTENCE}x\tO\nLondon\tB-ORG\n.\tO\n\n`.repeat(SIZE / 80)],
  ['records that cannot be read', () => `{"text":"a","spans":[]}\n${'{"text":\n'.repeat(SIZE / 9)}`],
  ['records', () => '{"text":"a b","spans":[]}\n'.repeat(SIZE / 26)],
  ['distinct words', () => distinctWords(SIZE)],
])('%s: the check takes no more memory than three times its size and 100 MB', async (what, make) => {
  folder.write(what, make());
  expect((await takenBy(what)) - least, 'MB').toBeLessThan(3 * MEGABYTES + 100);
});

test('places are kept up to a bound, and counts are whole', async () => {
  folder.write('many', 'a\tO\n \n'.repeat(50_000));
  const { stdout } = await folder.mustRun(['check', 'many', '--all', '--json']);
  const { findings } = JSON.parse(stdout);
  const finding = findings.find(({ kind }: { kind: string }) => kind === 'white-separator');
  expect(finding.count).toBe(50_000);
  expect(finding.files[0].places).toHaveLength(10_000);
  expect(finding.files[0].places.at(-1).line).toBe(20_000);
});
