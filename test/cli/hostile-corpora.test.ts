import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

const FILES: readonly [what: string, file: string, content: string | Uint8Array, message: RegExp][] = [
  [
    'bytes that are no UTF-8',
    'latin.conll',
    Buffer.from('a O\n\ncaf\xe9 O\n', 'latin1'),
    /^latin\.conll:3: expected UTF-8/,
  ],
  ['UTF-16', 'utf16.conll', Buffer.from('a O\n', 'utf16le'), /^utf16\.conll: expected UTF-8, found UTF-16/],
  ['a NUL byte', 'nul.jsonl', '{"text":"a","spans":[]}\n{"text":"\0","spans":[]}\n', /^nul\.jsonl:2: a NUL byte/],
  ['a line of over 1 MB', 'long.conll', `a O\n${'a'.repeat(1_100_000)} O\n`, /^long\.conll:2: the line is over 1 MB/],
  [
    'a line of over 1 MB and no end',
    'endless.conll',
    'a'.repeat(5_000_000),
    /^endless\.conll:1: the line is over 1 MB/,
  ],
  ['a million columns', 'columns.conll', 'a '.repeat(1_000_000), /^columns\.conll:1: the line is over 1 MB/],
  ['too many columns', 'many.conll', `${'a '.repeat(100_000)}\n`, /^many\.conll:1: found 100,000 columns/],
  ['deep JSON', 'deep.jsonl', `{"text":${'['.repeat(200_000)}\n`, /^deep\.jsonl:1: the JSON is nested deeper than 100/],
  [
    'a deep array',
    'deep.json',
    `[{"text":"a","spans":[]},\n{"a":${'['.repeat(200_000)}`,
    /^deep\.json:2: the array is not closed/,
  ],
  ['a record of over 1 MB', 'large.json', `[{"text":"${'a'.repeat(1_100_000)}`, /^large\.json/],
  [
    'JSON of an unknown shape',
    'shape.jsonl',
    '{"sentence":"a","ents":[]}\n',
    /^shape\.jsonl:1: .* found a record with "sentence", "ents"/,
  ],
  ['JSON that is cut short', 'cut.jsonl', '{"text":"a","spans":[', /^cut\.jsonl:1: expected JSON/],
  [
    'a span outside of its text',
    'far.jsonl',
    '{"text":"a","spans":[{"start":0,"end":9,"label":"X"}]}\n',
    /^far\.jsonl:1: the span X from 0 to 9 is not a piece/,
  ],
  ['gzip that is cut short', 'cut.gz', gzipSync('a O\n'.repeat(1000)).subarray(0, 30), /^cut\.gz: gzip is cut short/],
];

beforeAll(() => {
  for (const [, file, content] of FILES) folder.write(file, content);
  folder.makeFolder('folder');
});

describe.concurrent('costs one message and exit code 3:', () => {
  test.each([
    ...FILES.map(([what, file, , message]) => [what, file, message] as const),
    ['a folder', 'folder', /^folder: it is a folder/],
    ['a missing file', 'missing', /^missing: no such file/],
  ] as const)('%s', async (_, file, message) => {
    const { stdout, stderr, exitCode } = await folder.rnn(['convert', file, '--to', 'tokens', '-o', 'out.jsonl']);
    expect(exitCode, stderr).toBe(3);
    expect(stdout).toBe('');
    expect(stderr.replace(/^rnn: /, '')).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
    expect(folder.names()).not.toContain('out.jsonl');
  });
});

test('keys like __proto__ are keys like others', async () => {
  const record =
    '{"text":"a b","spans":[{"start":0,"end":1,"label":"__proto__","__proto__":{"end":9}}],"__proto__":{"id":7}}\n';
  const { stdout } = await folder.mustRun(['convert', '-', '--to', 'conll'], { input: record });
  expect(stdout).toBe('a\tB-__proto__\nb\tO\n\n');
});
