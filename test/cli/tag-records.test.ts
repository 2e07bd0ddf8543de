import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.learnByHeart(NAMES));

async function records(args: readonly string[], input: string | Uint8Array): Promise<Record<string, never>[]> {
  const { stdout } = await folder.mustRun(['tag', '--json', ...args], { input });
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

describe('--from text', () => {
  const DOCUMENT = 'Bob Jones left Paris. Anna Smith lives in London.\n\n🦋 The bank closed.';

  test.concurrent('has an object a sentence, whose offsets count from the start of the file', async () => {
    folder.write('document.txt', DOCUMENT);
    const sentences = await records(['--from', 'text', '--file', 'document.txt'], '');
    expect(sentences.map(({ text }) => text)).toEqual([
      'Bob Jones left Paris.',
      'Anna Smith lives in London.',
      '🦋 The bank closed.',
    ]);
    for (const sentence of sentences as unknown as (Piece & { tokens: Piece[]; spans: Piece[] })[]) {
      for (const { text, start, end } of [sentence, ...sentence.tokens, ...sentence.spans])
        expect(DOCUMENT.slice(start, end)).toBe(text);
    }
    expect(sentences.flatMap(({ spans }) => (spans as Piece[]).map(({ start }) => start))).toEqual([0, 15, 22, 42]);
  });

  test.concurrent('inline, the document stays as it was around its names', async () => {
    const { stdout } = await folder.mustRun(['tag', '--from', 'text'], { input: DOCUMENT });
    expect(stdout).toBe(
      '[Bob Jones](PER) left [Paris](LOC). [Anna Smith](PER) lives in [London](LOC).\n\n🦋 The bank closed.\n',
    );
  });

  test.concurrent('names the document where there are several, and each argument is one', async () => {
    folder.write('a.txt', 'Bob left.');
    folder.write('b.txt', 'Anna left.');
    const named = await records(['--from', 'text', '--file', 'a.txt', 'b.txt'], '');
    expect(named.map(({ document, start }) => [document, start])).toEqual([
      ['a.txt', 0],
      ['b.txt', 0],
    ]);
    expect((await records(['--from', 'text', 'Bob left.', 'Anna left.'], '')).map(({ start }) => start)).toEqual([
      0, 0,
    ]);
  });

  test.concurrent('gives the same with one thread and with three', { timeout: 90_000 }, async () => {
    const input = `${DOCUMENT} `.repeat(7000);
    const [one, three] = await Promise.all(
      ['1', '3'].map((workers) => folder.mustRun(['tag', '--from', 'text', '--json', '--workers', workers], { input })),
    );
    expect(three?.stdout === one?.stdout).toBe(true);
    const last = JSON.parse((one?.stdout ?? '').trimEnd().split('\n').at(-1) as string);
    expect(input.slice(last.start, last.end)).toBe(last.text);
  });
});

describe('--from jsonl', () => {
  test.concurrent('reads texts and tokens, keeps fields, and passes over blank lines', async () => {
    const input = '{"id":9007199254740993,"text":"Bob left."}\n\n{"tokens":["Anna","Smith"],"source":{"a":[1]}}\r\n';
    const { stdout } = await folder.mustRun(['tag', '--from', 'jsonl', '--json'], { input });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\{"id":9007199254740993,"text":"Bob left\.","tokens":\[/);
    expect(JSON.parse(lines[1] as string)).toMatchObject({
      source: { a: [1] },
      text: 'Anna Smith',
      spans: [{ label: 'PER', start: 0, end: 10 }],
    });
  });

  test.concurrent('tags each sentence of a text for itself, and gives one record', async () => {
    const texts = ['Bob Jones left Paris.', 'Anna Smith lives in London.'];
    const input = `${JSON.stringify({ text: texts.join(' ') })}\n`;
    const [whole] = await records(['--from', 'jsonl'], input);
    const apart = await records(['--from', 'text'], texts.join(' '));
    expect(whole?.text).toBe(texts.join(' '));
    expect(apart).toHaveLength(2);
    const placesOf = (record: Record<string, never> | undefined): object[] =>
      ((record?.spans ?? []) as readonly object[]).map((span) => ({ ...span, confidence: undefined }));
    expect(placesOf(whole)).toEqual(apart.flatMap((record) => placesOf(record)));
    const [best] = await records(['--from', 'jsonl', '--top', '2'], input);
    expect(best?.alternatives).toHaveLength(2);
  });

  test.concurrent('stops at a bad record with its line, after the results of those before', async () => {
    const input = '{"text":"Bob left."}\n\n{"text":\n{"text":"Anna left."}\n';
    const run = await folder.rnn(['tag', '--from', 'jsonl', '--json'], { input });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/^rnn: stdin:3: expected JSON/);
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  test.concurrent('with --keep-going bad records have error records in their places, and the exit code is 3', async () => {
    const input = Buffer.from(
      '{"text":"Bob left."}\n{"id":7,"error":"of yesterday"}\nnothing\ncaf\xe9\n{"text":"Anna left."}\n',
      'latin1',
    );
    const run = await folder.rnn(['tag', '--from', 'jsonl', '--json', '--keep-going'], { input });
    expect(run.exitCode).toBe(3);
    expect(run.stderr).toMatch(/rnn: 3 records could not be read/);
    const lines = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ text }) => text)).toEqual(['Bob left.', '', '', '', 'Anna left.']);
    expect(run.stdout.split('\n')[1]?.match(/"error":/g)).toHaveLength(1);
    expect(lines[1]).toEqual({ id: 7, text: '', tokens: [], spans: [], error: expect.stringMatching(/^stdin:2: /) });
    expect(lines[3].error).toBe('stdin:4: expected UTF-8, found other bytes');
  });
});

test.concurrent('with --keep-going 6,000 lines that are no UTF-8 have as many error records, and the exit code is 3', async () => {
  const input = Buffer.from('caf\xe9\n'.repeat(6000), 'latin1');
  const { stdout, exitCode } = await folder.rnn(['tag', '--json', '--keep-going'], { input });
  expect(exitCode).toBe(3);
  expect(stdout.match(/"error":"stdin:\d+: expected UTF-8, found other bytes"/g)).toHaveLength(6000);
});

test.concurrent('a line of over 1 MB becomes one error record in its place', async () => {
  const input = `Bob left .\n${'a '.repeat(600_000)}\nAnna left .\n`;
  const run = await folder.mustRun(['tag', '--json'], { input });
  const lines = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ text, error }) => error ?? text)).toEqual([
    'Bob left .',
    'stdin:2: the line is over 1 MB long',
    'Anna left .',
  ]);
  expect(run.stderr).toBe('warning: stdin:2: the line is over 1 MB long\n');
  const { stdout } = await folder.mustRun(['tag'], { input });
  expect(stdout).toBe('[Bob](PER) left .\n\n[Anna](PER) left .\n');
});

test.concurrent('--buffer block gives the same as line', async () => {
  const input = 'Bob Jones left Paris .\n\nThe bank closed .\n'.repeat(5000);
  const [line, block] = await Promise.all(
    ['line', 'block'].map((how) => folder.mustRun(['tag', '--json', '--buffer', how], { input })),
  );
  expect(block?.stdout === line?.stdout).toBe(true);
});

describe('confidence', () => {
  test.concurrent('--min-confidence leaves out what is less probable, in every format', async () => {
    const sentences = ['Anna Smith lives in London .', 'Zoe Jones lives in Rome , London .', 'Anna closed Bob Paris'];
    type Found = readonly { readonly confidence: number }[];
    const spans = async (...args: string[]): Promise<Found> =>
      (await records([...args, ...sentences], '')).flatMap((record) => record.spans as Found);
    const all = await spans();
    const middle = all.map(({ confidence }) => confidence).sort((a, b) => a - b)[Math.floor(all.length / 2)] as number;
    for (const least of [0, middle, 1]) {
      const expected = all.filter(({ confidence }) => confidence >= least);
      expect(await spans('--min-confidence', String(least))).toEqual(expected);
      const { stdout } = await folder.mustRun(['tag', '--min-confidence', String(least), ...sentences]);
      expect(stdout.match(/\]\(/g) ?? []).toHaveLength(expected.length);
    }
  });

  test.concurrent('--top lists the best ways to tag a sentence, best first', async () => {
    const [record] = await records(['--top', '3', 'Anna Smith lives in London .'], '');
    const { alternatives, tokens, spans } = record as unknown as Record<string, Record<string, unknown>[]>;
    expect(alternatives).toHaveLength(3);
    expect(alternatives?.[0]?.tags).toEqual(tokens?.map(({ tag }) => tag));
    expect(alternatives?.[0]?.spans).toEqual(spans?.map(({ confidence: _, ...span }) => span));
    const probabilities = alternatives?.map(({ probability }) => probability as number) ?? [];
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
  });

  test.concurrent('--top lists all ways where fewer than were asked for exist, without delay', async () => {
    const few = await records(['--top', '999999', 'Anna left'], '');
    const many = await records(['--top', '30000', 'Anna Smith lives in London'], '');
    const count = (found: typeof few): number =>
      (found[0] as unknown as { alternatives: unknown[] }).alternatives.length;
    expect(count(few)).toBeLessThan(200);
    expect(count(many)).toBeGreaterThan(count(few));
  });

  test.concurrent('what cannot be meant is refused', async () => {
    const wrong = [
      ['--top', '3', 'x'],
      ['--top', '0', '--json', 'x'],
      ['--min-confidence', '1.5', 'x'],
      ['--min-confidence', '', 'x'],
      ['--buffer', 'full', 'x'],
    ];
    for (const args of wrong) expect((await folder.rnn(['tag', ...args])).exitCode, args.join(' ')).toBe(2);
  });
});

test.concurrent('--to html is one page with the entities marked, and text is escaped', async () => {
  const { stdout } = await folder.mustRun(['tag', '--to', 'html', 'Anna Smith left <b> & Paris .', '']);
  expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(stdout).toMatch(/<mark style="--hue:\d+" title="PER, confidence [\d.]+">Anna Smith<b>PER<\/b><\/mark> left/);
  expect(stdout).toContain('&#60;b&#62; &#38; ');
  expect(stdout).not.toMatch(/<script|https?:/);
});

test.concurrent('sentences of a tagged document are read back as a corpus', async () => {
  const document = 'The bank closed. Bob Jones left Paris.';
  const tagged = await folder.mustRun(['tag', '--from', 'text', '--json'], { input: document });
  folder.write('tagged.jsonl', tagged.stdout);
  const { stdout } = await folder.mustRun(['convert', 'tagged.jsonl', '--to', 'bracket']);
  expect(stdout).toBe('The bank closed.\n[Bob Jones](PER) left [Paris](LOC).\n');
  const columns = await folder.mustRun(['convert', 'tagged.jsonl', '--to', 'conll']);
  expect((await folder.mustRun(['convert', '-', '--to', 'conll'], { input: stdout })).stdout).toBe(columns.stdout);
});

test.concurrent('with --keep-going a sentence in columns with bad lines has one error record in its place', async () => {
  const input = Buffer.from(
    '-DOCSTART- O\n\nBob O\nleft O\n\nAnna\nto go now\n-DOCSTART- O\n\xff O\nParis O\n\nThe O\nbank O\n\nBob\n',
    'latin1',
  );
  const args = ['tag', '--from', 'conll', '--keep-going'];
  const { stdout, stderr, exitCode } = await folder.rnn([...args, '--json'], { input });
  const told = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told.map(({ text, error }) => error ?? text)).toEqual([
    'Bob left',
    'stdin:6: expected 2 columns, found 1',
    'stdin:9: expected UTF-8, found other bytes',
    'The bank',
    'stdin:15: expected 2 columns, found 1',
  ]);
  expect([stderr, exitCode]).toEqual([expect.stringContaining('rnn: 3 records could not be read'), 3]);
  const columns = await folder.rnn([...args, '--to', 'conll'], { input });
  expect(columns.stdout.replace(/\t\S+/g, '')).toBe('-DOCSTART-\n\nBob\nleft\n\n\n-DOCSTART-\n\nThe\nbank\n\n\n');
});

test.concurrent('with --keep-going a bad first line in columns does not refuse the sentences after it', async () => {
  const input = 'oops\n\nBob a O\nleft b O\n\nParis c O\n\n';
  const args = ['tag', '--from', 'conll', '--keep-going', '--json'];
  for (const columns of [[], ['--token-column', '3']]) {
    const { stdout } = await folder.rnn([...args, ...columns], { input });
    const told = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const texts = columns.length > 0 ? ['O O', 'O'] : ['Bob left', 'Paris'];
    expect(told.map(({ text, error }) => error ?? text)).toEqual(['stdin:1: expected 3 columns, found 1', ...texts]);
  }
});

test.concurrent('spans that records bring are told to be replaced, and a text that stands twice in a record is refused', async () => {
  const spans = '"spans":[{"start":0,"end":3,"label":"X"}]';
  const input = `{"text":"Bob left .",${spans}}\n{"text":"Bob left .","spans":[]}\n{"text":"Bob left .",${spans}}\n`;
  const { stderr } = await folder.mustRun(['tag', '--from', 'jsonl', '--json'], { input });
  expect(stderr).toBe(
    'warning: stdin:1: 2 records have spans of their own, which those that the model finds replace (the next at stdin:3)\n',
  );
  const twice = '{"text":"Bob left .","text":"Anna left ."}\n';
  const refused = await folder.rnn(['tag', '--from', 'jsonl', '--json'], { input: twice });
  expect([refused.stderr, refused.exitCode]).toEqual([
    expect.stringContaining('stdin:1: the record has "text" twice'),
    3,
  ]);
});
