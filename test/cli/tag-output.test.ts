import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { readBracketLine } from '../../data/bracket-line.js';
import { BINARY, Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.learnByHeart(NAMES));

async function tagged(...args: string[]): Promise<string> {
  return (await folder.mustRun(['tag', ...args])).stdout;
}

test.concurrent('inline, names stand in brackets', async () => {
  expect(await tagged('Anna Smith lives in London .', 'The bank closed .')).toBe(
    '[Anna Smith](PER) lives in [London](LOC) .\nThe bank closed .\n',
  );
});

test.concurrent('inline, the text between the tokens stays as it was', async () => {
  expect(await tagged('  Bob  Jones\tleft Paris. ')).toBe('  [Bob  Jones](PER)\tleft [Paris](LOC). \n');
});

test.concurrent('inline output is bracket text, which can be read back, brackets and backslashes in it included', async () => {
  const sentence = 'Anna Smith lives in London [ sic ] \\ a\\b \\[x] .';
  const read = readBracketLine((await tagged(sentence, '--from', 'tokens')).trimEnd(), 'stdout:1');
  expect(read.tokens.join(' ')).toBe(sentence);
  expect(read.spans.slice(0, 2)).toEqual([
    { label: 'PER', start: 0, end: 2 },
    { label: 'LOC', start: 4, end: 5 },
  ]);
});

test.concurrent('inline output is read back as the tokens and tags that conll output has', async () => {
  const texts = [
    'Officials said. "Anna Smith, a well-known Yahoo!", left',
    '  Bob  Jones\tleft Paris. ',
    'He said . then left. ',
  ];
  const back = await folder.mustRun(['convert', '-', '--from', 'bracket', '--to', 'conll'], {
    input: await tagged(...texts),
  });
  expect(back.stdout).toBe(await tagged('--to', 'conll', ...texts));
});

test.concurrent('a record with line feeds, or tabs in tokens, is one line in formats of lines, which is told once', async () => {
  const input = '{"text":"Bob\\nJones left.\\nParis"}\n\n{"tokens":["Bob\\tJones","left"]}\n{"text":"Anna\\nleft"}\n';
  const inline = await folder.mustRun(['tag', '--from', 'jsonl'], { input });
  expect(inline.stdout.split('\n')).toHaveLength(4);
  expect(inline.stderr).toBe(
    'warning: stdin:1: 2 records have line feeds, which --to inline writes as spaces (the next at stdin:4)\n',
  );
  const columns = await folder.mustRun(['tag', '--from', 'jsonl', '--to', 'conll'], { input });
  expect(columns.stdout).toMatch(/^Bob Jones\t\S+\nleft\t/m);
  expect(columns.stderr).toBe(
    'warning: stdin:3: a record has tabs or line feeds in tokens, which --to conll writes as spaces\n',
  );
  expect((await folder.mustRun(['tag', '--from', 'jsonl', '--json'], { input })).stderr).toBe('');
  expect((await tagged('Bob\nleft')).split('\n')).toHaveLength(2);
});

test.concurrent('conll, a token and its tag stand between a tab, a sentence ends with an empty line', async () => {
  expect(await tagged('--to', 'conll', 'Anna Smith lives in London .', 'Bob Jones left Paris .')).toBe(
    NAMES.slice(0, NAMES.indexOf('The\t')),
  );
});

describe.concurrent('jsonl', () => {
  test('has the keys that others parse, in their order, and four decimals of confidence', async () => {
    const line = await tagged('--to', 'jsonl', 'Bob Jones left Paris .');
    expect(line.replace(/"confidence":(?:0\.\d{1,4}|1)\}/g, '"confidence":C}')).toBe(
      `${JSON.stringify({
        text: 'Bob Jones left Paris .',
        tokens: [
          { text: 'Bob', start: 0, end: 3, tag: 'B-PER' },
          { text: 'Jones', start: 4, end: 9, tag: 'I-PER' },
          { text: 'left', start: 10, end: 14, tag: 'O' },
          { text: 'Paris', start: 15, end: 20, tag: 'B-LOC' },
          { text: '.', start: 21, end: 22, tag: 'O' },
        ],
        spans: [
          { label: 'PER', start: 0, end: 9, text: 'Bob Jones', confidence: 'C' },
          { label: 'LOC', start: 15, end: 20, text: 'Paris', confidence: 'C' },
        ],
      }).replaceAll('"C"', 'C')}\n`,
    );
  });

  test('has offsets that cut tokens and spans out of the text exactly, in UTF-16 units', async () => {
    const sentence = '  🦋 “Anna  Smith” lives in London, e\u0301tude\u00a0!';
    const { text, tokens, spans } = JSON.parse(await tagged('--json', sentence));
    expect(text).toBe(sentence);
    for (const piece of [...tokens, ...spans]) expect(text.slice(piece.start, piece.end)).toBe(piece.text);
    expect(tokens.map((token: { text: string }) => token.text).join('')).toBe(sentence.replace(/\s/gu, ''));
  });

  test('has one object for each record', async () => {
    const lines = (await tagged('--json', 'Anna', '', 'London .')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).text)).toEqual(['Anna', '', 'London .']);
  });
});

describe('-o', () => {
  test('leaves what was there as it was when tagging fails, or is killed at any moment', async () => {
    folder.write('kept.txt', 'precious');
    folder.write('bad.jsonl', `${'{"text":"Anna left ."}\n'.repeat(2000)}{"text":1}\n`);
    const args = ['tag', '--from', 'jsonl', '--file', 'bad.jsonl', '-o', 'kept.txt'];
    expect((await folder.rnn(args)).exitCode).toBe(3);
    expect(folder.read('kept.txt')).toBe('precious');
    expect(folder.names().filter((name) => name.startsWith('kept'))).toEqual(['kept.txt']);

    for (const [signal, left] of [
      ['SIGTERM', 0],
      ['SIGKILL', 1],
    ] as const) {
      const child = spawn(process.execPath, [BINARY, 'tag', '-o', 'kept.txt'], {
        cwd: folder.path,
        stdio: ['pipe', 1, 2],
      });
      child.stdin?.write('Anna left .\n'.repeat(1000));
      const begun = (): string[] => folder.names().filter((name) => /^kept\.txt\.\d+\.tmp$/.test(name));
      await vi.waitUntil(() => begun().some((name) => statSync(folder.at(name)).size > 0), { timeout: 60_000 });
      child.kill(signal);
      const [code] = await once(child, 'close');
      expect(code).toBe(signal === 'SIGTERM' ? 143 : null);
      expect(folder.read('kept.txt')).toBe('precious');
      expect(begun()).toHaveLength(left);
    }
    await folder.mustRun(['tag', '-o', 'kept.txt', 'The bank closed .']);
    expect(folder.read('kept.txt')).toBe('The bank closed .\n');
    expect(folder.names().filter((name) => name.startsWith('kept'))).toEqual(['kept.txt']);
  });

  test('writes what stdout would have got', async () => {
    const sentences = ['Anna Smith lives in London .', ''];
    const expected = await tagged('--to', 'jsonl', ...sentences);
    const run = await folder.mustRun(['tag', '--to', 'jsonl', '-o', 'tagged.jsonl', ...sentences]);
    expect(run).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    expect(folder.read('tagged.jsonl')).toBe(expected);
  });

  test('replaces what was there', async () => {
    folder.write('tagged.txt', 'x'.repeat(1000));
    await folder.mustRun(['tag', '-o', 'tagged.txt', 'The bank closed .']);
    expect(folder.read('tagged.txt')).toBe('The bank closed .\n');
  });
});
