import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.learnByHeart(NAMES));

async function tagged(args: readonly string[], input: string | Uint8Array = ''): Promise<string> {
  return (await folder.mustRun(['tag', ...args], { input })).stdout;
}

test.concurrent('a line is a sentence, and blank lines are kept', async () => {
  expect(await tagged([], 'Bob Jones left Paris .\n\n   \nThe bank closed .\n')).toBe(
    '[Bob Jones](PER) left [Paris](LOC) .\n\n   \nThe bank closed .\n',
  );
});

test.concurrent('no line at all gives nothing at all, in every format', async () => {
  for (const to of ['inline', 'conll', 'jsonl']) expect(await tagged(['--to', to]), to).toBe('');
});

test.concurrent('raw lines are cut into tokens, lines of tokens only at spaces', async () => {
  const text = 'Bob Jones left Paris.\n';
  const tokens = async (from: string): Promise<string[]> =>
    JSON.parse(await tagged(['--from', from, '--json'], text)).tokens.map((token: { text: string }) => token.text);
  expect(await tokens('lines')).toEqual(['Bob', 'Jones', 'left', 'Paris', '.']);
  expect(await tokens('tokens')).toEqual(['Bob', 'Jones', 'left', 'Paris.']);
});

test.concurrent('columns give back the sentences that they hold, with or without tags', async () => {
  expect(await tagged(['--from', 'conll', '--to', 'conll'], NAMES)).toBe(NAMES);
  const tokensOnly = NAMES.replace(/\t.*/g, '').trimEnd();
  expect(await tagged(['--from', 'conll', '--to', 'conll'], tokensOnly)).toBe(NAMES);
});

test.concurrent('CRLF, a byte-order mark and a missing last line feed leave no trace', async () => {
  expect(await tagged([], '\uFEFFBob Jones left Paris .\r\nThe bank closed .')).toBe(
    '[Bob Jones](PER) left [Paris](LOC) .\nThe bank closed .\n',
  );
});

test.concurrent('files are tagged one after the other, stdin among them', async () => {
  folder.write('one.txt', 'The bank closed .');
  expect(await tagged(['--file', 'one.txt', '-', 'one.txt'], 'Bob Jones left Paris .\n')).toBe(
    'The bank closed .\n[Bob Jones](PER) left [Paris](LOC) .\nThe bank closed .\n',
  );
});

describe.concurrent('an argument is a record, whatever it holds:', () => {
  test('nothing, blanks, a line feed', async () => {
    const lines = (await tagged(['--json', '', '  ', 'Bob Jones\nleft'])).trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual(['{"text":"","tokens":[],"spans":[]}', '{"text":"  ","tokens":[],"spans":[]}']);
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2] as string).text).toBe('Bob Jones\nleft');
  });

  test('something that looks like an option, after --', async () => {
    expect(await tagged(['--to', 'conll', '--', '--hidden'])).toMatch(/^--hidden\t/);
  });
});

describe.concurrent('lines that begin as JSON does', () => {
  const WARNING = 'looks like JSON';

  test.each(['{"text": "Anna left"}\n', '[\n{"text": "Anna left"}\n]\n', '[{"id": 1}]', '{\n', '["Anna"]'])(
    'are tagged as text with a warning: %j',
    async (input) => {
      const { stdout, stderr } = await folder.mustRun(['tag', '-m', 'model.json'], { input });
      expect(stdout.trimEnd().split('\n')).toHaveLength(input.trimEnd().split('\n').length);
      expect(stderr.replace(/\s+/g, ' ')).toBe(
        'warning: stdin:1: this looks like JSON, and its lines are tagged as text; --from jsonl reads records, a line each ',
      );
    },
  );

  test.each(['[Anna](PER) left\n', 'Anna left\n{"text": "Anna left"}\n', '{sic} left\n'])(
    'and those that do not have none: %j',
    async (input) => {
      expect((await folder.mustRun(['tag', '-m', 'model.json'], { input })).stderr).not.toContain(WARNING);
    },
  );
});

test.concurrent('words that were never seen are tagged', async () => {
  const { tokens } = JSON.parse(await tagged(['--json', 'Zwölf 蝶 🦋 xyzzy']));
  expect(tokens).toHaveLength(4);
  for (const { tag } of tokens) expect(tag).toMatch(/^(?:O|[BI]-(?:PER|LOC))$/);
});

test.concurrent('a sentence of many thousand tokens is tagged whole', async () => {
  const { tokens, text } = JSON.parse(await tagged(['--json'], 'The bank closed . '.repeat(5000)));
  expect(tokens).toHaveLength(20_000);
  expect(tokens.at(-1)).toMatchObject({ text: '.', end: text.length - 1 });
});

test.concurrent('bytes that are no UTF-8 are refused with their line', async () => {
  const input = Buffer.from('Bob left .\n\ncaf\xe9\n', 'latin1');
  for (const from of ['lines', 'conll']) {
    const { stderr, exitCode } = await folder.rnn(['tag', '--from', from], { input });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^rnn: stdin:3: expected UTF-8/);
  }
});

test.concurrent('columns that are ragged are refused with file and line', async () => {
  folder.write('ragged.conll', 'Bob O\nJones\n');
  const { stderr, exitCode } = await folder.rnn(['tag', '--from', 'conll', '--file', 'ragged.conll']);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/^rnn: ragged\.conll:2: expected 2 columns/);
});

test.concurrent('a file that is missing or a folder is refused', async () => {
  folder.makeFolder('folder');
  const [missing, isFolder] = await Promise.all([
    folder.rnn(['tag', '--file', 'missing.txt']),
    folder.rnn(['tag', '--file', 'folder']),
  ]);
  expect([missing.exitCode, isFolder.exitCode]).toEqual([3, 3]);
  expect(missing.stderr).toBe('rnn: missing.txt: no such file or folder\n');
  expect(isFolder.stderr).toBe('rnn: folder: it is a folder\n');
});
