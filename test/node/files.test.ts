import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { decodeText, nameOf, readBytes, streamBytes } from '../../src/node/files.js';
import { Folder } from '../helpers/cli.js';
import { userErrorOf } from '../helpers/user-error.js';

const folder = new Folder();
const text = 'Zoë\tB-PER\n'.repeat(20_000);

beforeAll(() => {
  folder.write('plain.txt', text);
  folder.write('zipped.txt', gzipSync(text));
  folder.write('two-parts.gz', Buffer.concat([gzipSync('first\n'), gzipSync('second\n')]));
  folder.write('cut.gz', gzipSync(text).subarray(0, 300));
  folder.write('broken.gz', Buffer.from('\x1f\x8b no gzip', 'latin1'));
  folder.write('followed.gz', Buffer.concat([gzipSync('a O\n'), Buffer.from('more')]));
  folder.write('short', Buffer.from([0x1f]));
  folder.write('empty', '');
});

async function collect(path: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of streamBytes(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe.each([
  ['read whole', readBytes],
  ['read as it comes', collect],
])('a file, %s,', (_, read) => {
  test('has its bytes, unpacked where its first bytes say gzip', async () => {
    for (const name of ['plain.txt', 'zipped.txt']) expect(String(await read(folder.at(name)))).toBe(text);
    expect(String(await read(folder.at('two-parts.gz')))).toBe('first\nsecond\n');
  });

  test('may be of no byte or of one', async () => {
    expect(await read(folder.at('empty'))).toHaveLength(0);
    expect([...(await read(folder.at('short')))]).toEqual([0x1f]);
  });

  test.each([
    ['missing', /missing: no such file or folder$/],
    ['.', /it is a folder$/],
    ['empty/x', /x: a part of its path is no folder$/],
    ['cut.gz', /cut\.gz: gzip is cut short \(unexpected end of file\)$/],
    ['broken.gz', /broken\.gz: gzip is broken/],
    ['followed.gz', /followed\.gz: gzip is broken, or other bytes follow it/],
  ])('%s is refused as bad input', async (name, message) => {
    await expect(read(folder.at(name))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(message),
      exitCode: ExitCode.badInput,
    });
  });
});

test('gzip is not unpacked to more than is asked for', async () => {
  expect(await readBytes(folder.at('zipped.txt'), text.length + 20_000)).toHaveLength(text.length + 20_000);
  await expect(readBytes(folder.at('zipped.txt'), text.length + 19_999)).rejects.toMatchObject({
    message: expect.stringMatching(/zipped\.txt: it is gzip of more than can be read whole/),
    exitCode: ExitCode.badInput,
  });
});

describe('bytes become text', () => {
  test('as UTF-8, with the byte-order mark', () => {
    expect(decodeText(Buffer.from('\uFEFFZoë 🦋\r\n'), 'some.txt')).toBe('\uFEFFZoë 🦋\r\n');
  });

  test.each([
    ['in the first line', 'caf\xe9', 1],
    ['in a later line', 'a\n\nb\ncaf\xe9\n', 4],
    ['after a line of CRLF', 'a\r\ncaf\xe9\r\n', 2],
  ])('or are refused with the line of the first that are none: %s', (_, latin, line) => {
    const error = userErrorOf(() => decodeText(Buffer.from(latin, 'latin1'), 'some.txt'));
    expect(error.message).toMatch(`some.txt:${line}: expected UTF-8`);
    expect(error.exitCode).toBe(ExitCode.badInput);
    expect(error.hint).toContain('iconv');
  });

  test('or with a line that counts from where the bytes begin', () => {
    const error = userErrorOf(() => decodeText(Buffer.from('a\ncaf\xe9', 'latin1'), 'some.txt', 100));
    expect(error.message).toContain('some.txt:101:');
  });

  test('or with the line that a cut character ends in', () => {
    const error = userErrorOf(() => decodeText(Buffer.from('a\nZoë').subarray(0, -1), 'some.txt'));
    expect(error.message).toContain('some.txt:2:');
  });
});

test('- is called stdin in messages', () => {
  expect([nameOf('-'), nameOf('a/b.txt')]).toEqual(['stdin', 'a/b.txt']);
});
