import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { distinctWords, memoryOf } from '../helpers/memory.js';

const folder = new Folder();
const MEGABYTES = 40;
const SIZE = MEGABYTES * 1e6;

/** Megabytes that were resident at most while a file was converted, or refused. */
const takenBy = (file: string): Promise<number> =>
  memoryOf(folder, ['convert', file, '--to', 'tokens', '-q', '-o', `${file}.out`]);

let least = 0;
beforeAll(async () => {
  folder.write('small', 'a O\n');
  least = await takenBy('small');
});

test.each<[string, () => string | Uint8Array]>([
  ['one line', () => 'a'.repeat(SIZE)],
  ['one line of columns', () => 'a '.repeat(SIZE / 2)],
  ['brackets', () => '['.repeat(SIZE)],
  ['lines of open brackets', () => `${'['.repeat(900_000)}\n`.repeat(MEGABYTES)],
  ['lines of empty lists', () => `{"text":[${'[],'.repeat(300_000)}[]]}\n`.repeat(MEGABYTES)],
  ['an array of empty lists', () => `[${'[],'.repeat(SIZE / 3)}[]]`],
  ['one long string', () => `[{"text":"${'a'.repeat(SIZE)}"}]`],
  ['an array of records', () => `[${'{"text":"a b","spans":[]},'.repeat(SIZE / 26)}{"text":"a","spans":[]}]`],
  ['records', () => '{"text":"a b","spans":[]}\n'.repeat(SIZE / 26)],
  ['numbered lines without a tag', () => `1\ta\t_\t_\n2\tb\t_\t_\n${'3\tb\t_\t_\n'.repeat(SIZE / 8)}`],
  ['comments', () => '# a\n# b\n1\ta\tO\n\n'.repeat(SIZE / 16)],
  ['blank lines', () => '\n'.repeat(SIZE)],
  ['distinct words', () => distinctWords(SIZE)],
  // A sentence is held whole, about 100 bytes a token: longer ones of so short lines need more.
  ['sentences of 200,000 tokens', () => `${'a O\n'.repeat(200_000)}\n`.repeat(MEGABYTES / 0.8)],
  ['nothing, packed', () => gzipSync(Buffer.alloc(SIZE, '\n'))],
])('%s takes no more memory than twice its size and 50 MB', async (what, make) => {
  folder.write(what, make());
  expect((await takenBy(what)) - least, 'MB').toBeLessThan(2 * MEGABYTES + 50);
});
