import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', ...SMALL, '-o', 'whole.json']);
});

// biome-ignore lint/suspicious/noExplicitAny: what the text holds is what is to be broken
type Content = any;

/** The checkpoint with one thing changed. */
function changed(change: (content: Content) => void): string {
  const content = JSON.parse(folder.read('whole.json'));
  change(content);
  return JSON.stringify(content);
}

const numbers = (...values: number[]): string => Buffer.from(Float32Array.from(values).buffer).toString('base64');

const DAMAGES: readonly [name: string, damage: () => string | Uint8Array, message: string][] = [
  ['is empty', () => '', 'expected a checkpoint, found no JSON'],
  ['is a corpus', () => NAMES, 'expected a checkpoint, found no JSON'],
  [
    'is cut short',
    () => folder.read('whole.json').slice(0, 2000),
    'damaged checkpoint: its JSON is cut short or broken',
  ],
  ['is other JSON', () => '{"name":"rnn-tagger"}', 'expected a checkpoint, found other JSON'],
  ['is of version 999', () => changed((c) => (c.version = 999)), 'format version 3, found version 999'],
  ['lacks a parameter', () => changed((c) => delete c.parameters['output.bias']), 'parameter output.bias is missing'],
  [
    'has a parameter too many',
    () => changed((c) => (c.parameters['output.gate'] = c.parameters['output.bias'])),
    'it has a parameter output.gate that its network does not have',
  ],
  [
    'has a wrong shape',
    () => changed((c) => (c.parameters['output.bias'].shape = [9])),
    'parameter output.bias: expected shape [4] by its settings, found [9]',
  ],
  [
    'has too few numbers',
    () => changed((c) => (c.parameters['output.bias'].data = numbers(1, 2))),
    'parameter output.bias: expected 4 numbers for shape [4], found 2',
  ],
  [
    'holds NaN',
    () => changed((c) => (c.parameters['output.bias'].data = numbers(1, 2, Number.NaN, 4))),
    'parameter output.bias holds numbers that are not finite',
  ],
  [
    'holds no base64',
    () => changed((c) => (c.parameters['output.bias'].data = '?!?')),
    'parameter output.bias: expected 4 numbers for shape [4], found no base64',
  ],
  ['is no UTF-8', () => Buffer.from([0x7b, 0x0a, 0xff]), 'expected UTF-8'],
];

describe.concurrent('exit code 3 and a message of its own for a checkpoint that', () => {
  test.each(DAMAGES)('%s', async (name, damage, message) => {
    const file = `${name.replaceAll(' ', '-')}.json`;
    folder.write(file, damage());
    const { stdout, stderr, exitCode } = await folder.rnn(['tag', '-m', file, 'Anna left .']);
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain(`rnn: ${file}`);
    expect(stderr).toContain(message);
    expect(stderr.split('\n').length).toBeLessThan(5);
  });
});

/** Damages that took a minute, gigabytes, or a message of megabytes. */
const EXCESSES: readonly [name: string, damage: () => string | Uint8Array, message: string][] = [
  [
    'has 30,000 tags more',
    () => changed((c) => c.tags.push(...Array.from({ length: 30_000 }, (_, index) => `B-${index}`))),
    'parameter output.weights: expected shape [8,30004] by its settings, found [8,4]',
  ],
  [
    'has a million numbers as words',
    () => changed((c) => (c.vocabulary.words = Array.from({ length: 1_000_000 }, (_, index) => index))),
    'expected string, received number',
  ],
  [
    'has ten million words',
    () => changed((c) => (c.vocabulary.words = ['#'])).replace('"#"', `"w"${',"w"'.repeat(10_000_000)}`),
    'values, and its numbers are for at most 3000000',
  ],
  [
    'is a megabyte of gzip that unpacks to a gigabyte',
    () => Buffer.concat(new Array<Buffer>(16).fill(gzipSync(Buffer.alloc(64_000_000)))),
    'it is gzip of more than can be read whole (over 600 MB)',
  ],
  [
    'is half a megabyte of gzip that unpacks to 512 MB of spaces',
    () => Buffer.concat(new Array<Buffer>(8).fill(gzipSync(Buffer.alloc(64_000_000, ' ')))),
    'bytes beside its numbers, which are for at most 3000000 values',
  ],
  ['holds 3e38', () => changed((c) => (c.parameters['output.bias'].data = numbers(1, 2, 3e38, 4))), 'beyond ±1e15'],
];

describe('what would take a command minutes is refused at once, in one message of under 1 kB: a checkpoint that', () => {
  test.each(EXCESSES)('%s', async (name, damage, message) => {
    folder.write('excess.json', damage());
    const inspect = ['inspect', '-m', 'excess.json'];
    // Unpacking half a gigabyte takes seconds, and every command reads a checkpoint in one way.
    for (const args of name.includes('gzip') ? [inspect] : [inspect, ['tag', '-m', 'excess.json', 'Anna']]) {
      const began = performance.now();
      const { stdout, stderr, exitCode } = await folder.rnn(args);
      expect(exitCode).toBe(3);
      expect(stdout).toBe('');
      expect(stderr).toContain(message);
      expect(stderr.length).toBeLessThan(1_000);
      expect(performance.now() - began).toBeLessThan(15_000); // a second or two where nothing else runs
    }
  });
});

describe.concurrent('where there is no checkpoint', () => {
  test.each([[['tag', 'Anna left .']], [['tag']], [['eval']]])(
    'rnn %j says that rnn train comes first',
    async (args) => {
      const { stdout, stderr, exitCode } = await folder.rnn(args);
      expect(exitCode).toBe(3);
      expect(stdout).toBe('');
      expect(stderr).toBe(
        'rnn: model.json: no such file or folder\n     run "rnn train" first, or name a model with -m\n',
      );
    },
  );
});
