import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BY_HEART, Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const KEY = 'a secret that nobody guesses';

/** Sentences enough that dev has 29 names, with which 90 % can be promised. */
const DEV = NAMES.repeat(10);

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('dev.conll', DEV);
  await folder.mustRun(['train', 'names.conll', '--dev', 'dev.conll', ...BY_HEART, '--quiet']);
  folder.write('key', `${KEY}\n`);
});

const redact = (args: readonly string[], input = '') => folder.rnn(['tag', '--to', 'redacted', ...args], { input });

describe('rnn tag --to redacted', () => {
  test.concurrent.each([
    ['label', '[PER] left [LOC] .\n[PER] left [LOC] .\n'],
    ['number', '[PER-1] left [LOC-1] .\n[PER-2] left [LOC-1] .\n'],
  ])('replaces names, --style %s', async (style, expected) => {
    const { stdout, exitCode } = await redact(['--style', style], 'Bob Jones left Paris .\nAnna Smith left Paris .\n');
    expect([stdout, exitCode]).toEqual([expected, 0]);
  });

  test.concurrent('gives a name the same stand-in in all texts with a key, and another with another key', async () => {
    const run = async (key: string, input: string): Promise<string[]> =>
      (await redact(['--style', 'pseudonym', '--key-file', key], input)).stdout.split(' left ');
    folder.write('other', 'another secret of some length');
    const [bob, paris] = await run('key', 'Bob Jones left Paris .');
    expect(bob).toMatch(/^[A-Z]\w+ [A-Z]\w+$/);
    expect(await run('key', 'Anna Smith left Paris .')).toEqual([expect.not.stringContaining(bob ?? ''), paris]);
    expect((await run('other', 'Bob Jones left Paris .'))[0]).not.toBe(bob);
  });

  test.concurrent('writes both texts and a map if asked, and a map that only its owner reads', async () => {
    const { stdout } = await redact(['--json', '--style', 'number', '--map', 'map.jsonl'], 'Bob Jones left Paris .\n');
    const { text, spans, redacted } = JSON.parse(stdout);
    expect(text).toBe('Bob Jones left Paris .');
    expect(spans).toMatchObject([{ confidence: expect.any(Number) }, { confidence: expect.any(Number) }]);
    expect(redacted).toEqual({
      text: '[PER-1] left [LOC-1] .',
      spans: [
        { start: 0, end: 7, original: { start: 0, end: 9 }, label: 'PER' },
        { start: 13, end: 20, original: { start: 15, end: 20 }, label: 'LOC' },
      ],
    });
    expect(folder.read('map.jsonl')).toBe(
      '{"document":1,"standIn":"[PER-1]","label":"PER","names":["Bob Jones"]}\n' +
        '{"document":1,"standIn":"[LOC-1]","label":"LOC","names":["Paris"]}\n',
    );
    expect(statSync(join(folder.path, 'map.jsonl')).mode & 0o077).toBe(0);
  });

  test.concurrent('gives no name a number that its text holds, and tells of a later text that holds one', async () => {
    const input = 'Bob Jones left Paris . [LOC-1]\nThe bank closed . [PER-1]\n';
    const { stdout, stderr } = await redact(['--style', 'number'], input);
    expect(stdout).toMatch(/^\[PER-1\] left \[LOC-2\] \./);
    expect(stderr).toMatch(/^warning: a text holds \[PER-1\] itself, which stands for a name before it: .*\n$/);
  });

  test.concurrent('counts the warnings of later texts that hold a number, where there are many', async () => {
    const texts = [
      'Bob Jones left Paris .',
      'Anna Smith left London .',
      ...['PER-1', 'PER-2', 'LOC-1', 'LOC-2', 'LOC-2'],
    ];
    const input = texts.map((text) => (text.includes('-') ? `The bank closed . [${text}]\n` : `${text}\n`)).join('');
    const { stdout, stderr } = await redact(['--style', 'number'], input);
    expect(stdout).toContain('[PER-2] left [LOC-2]');
    expect(stderr.match(/^warning: a text holds/gm)).toHaveLength(3);
    expect(stderr).toMatch(/\nwarning: later texts hold 1 more stand-in of names before them\n$/);
  });

  test.concurrent('counts anew in each record of JSON', async () => {
    const input = '{"id":1,"text":"Bob Jones left Paris ."}\n{"id":2,"text":"Anna Smith left Paris ."}\n';
    const { stdout } = await redact(['--from', 'jsonl', '--style', 'number'], input);
    expect(stdout).toBe('[PER-1] left [LOC-1] .\n[PER-1] left [LOC-1] .\n');
  });

  test.concurrent('keeps a document as it is around its names, to its very end', async () => {
    const middle = 'The bank closed .\n\n'.repeat(8000);
    const input = `Bob Jones left Paris.\n${middle}Anna Smith lives in London.`;
    const run = (workers: string) => redact(['--from', 'text', '--style', 'number', '--workers', workers], input);
    const { stdout, exitCode } = await run('1');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`[PER-1] left [LOC-1].\n${middle}[PER-2] lives in [LOC-2].\n`);
    expect((await run('3')).stdout).toBe(stdout);
  });

  test.concurrent('hides unsure words, too, with --recall, and tells what this rests on and costs', async () => {
    const { stdout, stderr, exitCode } = await redact(['--recall', '0.9'], 'Bob Jones left Paris .\n');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('[PER] left [LOC]');
    expect(stderr).toMatch(
      /^(?:words are hidden that are in a name with a probability of \S+ or more|only the names that the model finds are hidden): on dev \d+ of 40 names whole, and \d+ of 90 other words \(.* %\)\n95 % sure: 90 % of names or more are hidden, if /,
    );
  });
});

describe('rnn tag --to redacted is refused', () => {
  test.concurrent('where dev is too small for the promise, with the number that is missing', async () => {
    const { stdout, stderr, exitCode } = await redact(['--recall', '0.99'], 'Bob left .');
    expect([stdout, exitCode]).toEqual(['', 3]);
    expect(stderr).toContain('takes 299 names in dev, and it had 40: 259 are missing');
  });

  test.concurrent.each([
    [['--recall', '1'], 2, /above 0 and below 1/],
    [['--recall', '0.9', '--min-confidence', '0.5'], 2, /--recall and --min-confidence/],
    [['--map', 'map2.jsonl'], 2, /--map needs stand-ins that tell names apart/],
    [['--key-file', 'key'], 2, /--key-file needs stand-ins/],
    [['--style', 'number', '--key-file', 'none'], 3, /none/],
    [['--style', 'number', '--key-file', 'short'], 3, /short: expected a key of 16 bytes or more, found 5/],
    [['--style', 'number', '--map', 'key', '--key-file', 'key'], 2, /key is both read and written/],
    [['--style', 'number', '--map', '-'], 2, /--map - names stdout/],
    [['--style', 'number', '--map', 'both', '-o', './both'], 2, /both is named for both the results and their map/],
    [['--style', 'initials'], 2, /label, number or pseudonym/],
  ])('by %j', async (args, code, message) => {
    folder.write('short', '12345\n');
    const { stdout, stderr, exitCode } = await redact(args, 'Bob left .');
    expect(stderr).toMatch(message);
    expect([stdout, exitCode]).toEqual(['', code]);
    expect(stderr).not.toContain(KEY);
  });

  test.concurrent('by flags of a redaction where there is none', async () => {
    const { stderr, exitCode } = await folder.rnn(['tag', '--style', 'number', 'Bob left .']);
    expect([stderr, exitCode]).toEqual([expect.stringMatching(/--style needs --to redacted/), 2]);
  });
});
