import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { type ReadLine, readLines, readText } from '../../src/node/lines.js';

/** A stream that gives these bytes in pieces, cut at these places. */
async function* inPieces(bytes: Buffer, cuts: readonly number[] = []): AsyncGenerator<Buffer> {
  let from = 0;
  for (const to of [...cuts, bytes.length].map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b)) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function groupsOf(bytes: Buffer, ...cuts: number[]): Promise<ReadLine[][]> {
  const groups: ReadLine[][] = [];
  for await (const group of readLines(inPieces(bytes, cuts), 'some.txt')) groups.push(group);
  return groups;
}

async function linesOf(text: string | Buffer, ...cuts: number[]): Promise<ReadLine[]> {
  return (await groupsOf(Buffer.from(text as string), ...cuts)).flat();
}

describe('lines end at line feeds', () => {
  test.each([
    ['nothing has none', '', []],
    ['a line feed alone is an empty one', '\n', ['']],
    ['blank ones count', '\n\na\n \n', ['', '', 'a', ' ']],
    ['the last needs no line feed', 'a\nb', ['a', 'b']],
    ['a carriage return ends none', 'a\rb\r\nc\u2028d\n', ['a\rb\r', 'c\u2028d']],
    ['a byte-order mark is left out', '\uFEFFa\nb\n', ['a', 'b']],
    ['a byte-order mark alone is nothing', '\uFEFF', []],
    ['elsewhere it is a character', 'a\n\uFEFFb\n', ['a', '\uFEFFb']],
  ])('%s', async (_, text, lines) => {
    expect(await linesOf(text)).toEqual(lines);
  });
});

test('wherever the stream is cut, within a character too, the lines are the same', async () => {
  const pieces = fc.array(fc.constantFrom('a', '\n', '\r', 'ë', '🦋', '\uFEFF', ' '), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.array(fc.nat(80), { maxLength: 6 }), async (characters, cuts) => {
      const text = characters.join('');
      const expected = text.replace(/^\uFEFF/, '').split('\n');
      if (expected.at(-1) === '') expected.pop();
      expect(await linesOf(text, ...cuts)).toEqual(expected);
    }),
  );
});

test('a line is given as soon as its line feed has come', async () => {
  expect(await groupsOf(Buffer.from('one\ntwo\nthree\nfour'), 5, 9)).toEqual([['one'], ['two'], ['three'], ['four']]);
});

test('a line of many pieces is put together in time linear in its length', async () => {
  const bytes = Buffer.alloc(1_000_000, 'x');
  const cuts = Array.from({ length: 8000 }, (_, index) => index * 125);
  const began = performance.now();
  expect((await linesOf(bytes, ...cuts))[0]).toHaveLength(1_000_000);
  expect(performance.now() - began).toBeLessThan(2000);
});

test.each([
  ['in one piece', []],
  ['in pieces', [2, 5, 6]],
])('bytes that are no UTF-8 are refused with their line, %s', async (_, cuts) => {
  const bytes = Buffer.from('a\nb\n\ncaf\xe9\nd\n', 'latin1');
  await expect(groupsOf(bytes, ...cuts)).rejects.toMatchObject({
    name: 'UserError',
    exitCode: ExitCode.badInput,
    message: 'some.txt:4: expected UTF-8, found other bytes',
  });
});

test('a character that the end cuts off is refused with its line', async () => {
  await expect(groupsOf(Buffer.from('a\nZoë').subarray(0, -1))).rejects.toMatchObject({
    message: 'some.txt:2: expected UTF-8, found other bytes',
  });
});

describe('a line of over 1 MB', () => {
  const long = Buffer.concat([Buffer.from('a\n'), Buffer.alloc(1_000_001, 'x'), Buffer.from('\nb\n')]);
  const failed = { kind: 'failed', error: 'some.txt:2: the line is over 1 MB long' };

  test.each([
    ['in one piece', []],
    ['in pieces', [1, 2, 3, 500_000, 1_000_002, 1_000_003, 1_000_004, 1_000_005]],
  ])('fails in its place, %s', async (_, cuts) => {
    expect(await linesOf(long, ...cuts)).toEqual(['a', failed, 'b']);
  });

  test('fails at the end of a file, too', async () => {
    expect(await linesOf(long.subarray(0, -3), 700_000)).toEqual(['a', failed]);
  });

  test('is one of more than 1,000,000 bytes', async () => {
    expect(await linesOf(Buffer.alloc(1_000_000, 'x'))).toHaveLength(1);
    expect((await linesOf(Buffer.alloc(1_000_000, 'x')))[0]).toHaveLength(1_000_000);
  });
});

test('where it keeps going, each line that is no UTF-8 fails alone', async () => {
  const bytes = Buffer.from('a\nb\xe9\n\ncaf\xe9\nd', 'latin1');
  const lines: ReadLine[] = [];
  for await (const group of readLines(inPieces(bytes, [4]), 'some.txt', true)) lines.push(...group);
  const failed = (line: number) => ({ kind: 'failed', error: `some.txt:${line}: expected UTF-8, found other bytes` });
  expect(lines).toEqual(['a', failed(2), '', failed(4), 'd']);
});

describe('where it keeps going, each bad line has one error in its place, in time linear in the input:', () => {
  test.each([
    ['100,000 bad lines', Array.from({ length: 100_000 }, () => 'b\xe9')],
    ['good and bad lines by turns', Array.from({ length: 100_000 }, (_, index) => (index % 2 ? 'b\xe9' : 'good'))],
  ])('%s', async (_, sent) => {
    const began = performance.now();
    const lines: ReadLine[] = [];
    const bytes = Buffer.from(`${sent.join('\n')}\n`, 'latin1');
    for await (const group of readLines(inPieces(bytes, [65_536, 131_072]), 'some.txt', true)) lines.push(...group);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(lines).toEqual(
      sent.map((line, index) =>
        line === 'good' ? line : { kind: 'failed', error: `some.txt:${index + 1}: expected UTF-8, found other bytes` },
      ),
    );
  });
});

describe('text', () => {
  test('is the same wherever the stream is cut, without a byte-order mark', async () => {
    const pieces = fc.array(fc.constantFrom('a', '\n', 'ë', '🦋', '\uFEFF'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(pieces, fc.array(fc.nat(80), { maxLength: 6 }), async (characters, cuts) => {
        const text = characters.join('');
        let read = '';
        for await (const piece of readText(inPieces(Buffer.from(text), cuts), 'some.txt')) read += piece;
        expect(read).toBe(text.replace(/^\uFEFF/, ''));
      }),
    );
  });

  test.each([[[]], [[3]], [[6, 8]], [[8, 9]]])('that is no UTF-8 is refused with its line, cut at %j', async (cuts) => {
    const bytes = Buffer.from('a\nb\n\ncaf\xe9\nd\n', 'latin1');
    const read = async (): Promise<void> => {
      for await (const _ of readText(inPieces(bytes, cuts), 'some.txt'));
    };
    await expect(read()).rejects.toMatchObject({ message: 'some.txt:4: expected UTF-8, found other bytes' });
  });
});
