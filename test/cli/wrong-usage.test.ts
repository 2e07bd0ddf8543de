import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.write('names.conll', NAMES));

/** Exit code 2, one message that begins as ours do, nothing on stdout. */
async function refusalOf(...args: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await folder.rnn(args);
  expect(exitCode, args.join(' ')).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^rnn: /);
  expect(stderr).not.toContain('Examples:');
  return stderr;
}

describe.concurrent('what is misspelt gets the nearest that exists:', () => {
  test.each([
    [['trian'], 'unknown command trian', 'train'],
    [['help', 'vocba'], 'unknown command vocba', 'vocab'],
    [['train', '--hiden', '3'], 'unknown option --hiden', '--hidden'],
    [['tag', '--modle', 'x'], 'unknown option --modle', '--model'],
    [['eval', '--jsn'], 'unknown option --jsn', '--json'],
    [['vocab', '--dve', 'x'], 'unknown option --dve', '--dev'],
    [['--hlep'], 'unknown option --hlep', '--help'],
  ])('rnn %j', async (args, what, nearest) => {
    const message = await refusalOf(...args);
    expect(message).toContain(what);
    expect(message).toContain(`. Did you mean ${nearest}?\n`);
  });
});

test.concurrent('what resembles nothing is told where the help is', async () => {
  expect(await refusalOf('Anna')).toContain('see rnn --help');
  expect(await refusalOf('tag', '--hidden', '3')).toContain('see rnn tag --help');
});

test.concurrent('an argument or a value that is missing is named', async () => {
  expect(await refusalOf('vocab')).toContain('rnn: expected corpus, found nothing\n');
  expect(await refusalOf('train', '--epochs')).toContain('rnn: option --epochs: expected a value, found nothing\n');
});

describe.concurrent('a value that is none is refused with what was expected:', () => {
  test.each([
    [['--epochs', '0'], 'option --epochs "0": expected a whole number from 1 to 100000'],
    [['--epochs', '1.5'], 'option --epochs "1.5": expected a whole number from 1'],
    [['--hidden', ''], 'option --hidden "": expected a whole number from 1 to 8192'],
    [['--dropout', '1'], 'option --dropout "1": expected a number from 0, below 1'],
    [['--learning-rate', 'Infinity'], 'option --learning-rate "Infinity": expected a number above 0'],
    [['--optimizer', 'sdg'], 'option --optimizer "sdg": expected sgd, momentum or adam'],
    [['--outside', ''], 'option --outside "": expected non-empty text'],
    [['--token-column', '0'], 'option --token-column "0": expected a whole number from 1\n'],
    [['--optimizer', 'sdg'], 'sgd, momentum or adam. Did you mean sgd?'],
    [
      ['--preset', 'textbok'],
      'option --preset "textbok": expected default, accurate, fast or textbook. Did you mean textbook?',
    ],
    [['--preset', 'best'], 'option --preset "best": expected default, accurate, fast or textbook\n'],
  ])('%j', async (options, message) => {
    expect(await refusalOf('train', 'names.conll', ...options)).toContain(message);
  });

  test('a format that is none', async () => {
    expect(await refusalOf('eval', '--to', 'markdwon')).toContain('or html. Did you mean markdown?');
    expect(await refusalOf('convert', 'x', '--to', 'conll', '--scheme', 'iob')).toContain('Did you mean iob1?');
    expect(await refusalOf('tag', '--to', 'xml', 'x')).toContain(
      'option --to "xml": expected inline, conll, jsonl, html, csv, tsv, redacted or text',
    );
    expect(await refusalOf('eval', '--to', 'xml')).toContain(
      'option --to "xml": expected text, json, markdown, latex, conlleval or html',
    );
  });
});

describe.concurrent('every mistake has one style: what is wrong, what was expected or found, and where the help is:', () => {
  test.each([
    [['convert', 'x'], 'option --to is missing'],
    [['inspect', 'a', 'b'], 'expected at most 1 argument, found 2'],
    [['completion', 'tcsh'], 'shell "tcsh": expected bash, zsh, fish or powershell'],
    [['curve', '--parts', "it's\nnone"], String.raw`option --parts "it's\nnone": expected rising parts above 0, to 1`],
    [['sweep', '--epochs', 'many'], 'option --epochs "many": expected a whole number from 1 to 100000'],
  ] as const)('rnn %j', async (args, message) => {
    const [first = '', ...rest] = (await refusalOf(...args)).split('\n');
    expect(first.startsWith(`rnn: ${message}`), first).toBe(true);
    expect(rest).toEqual([`     see rnn ${args[0]} --help`, '']);
  });
});

test.concurrent.each([
  [
    'two words,PER',
    'expected names without white space, found "two words"\n     write two_words; commas stand between names',
  ],
  ['PER,O', 'expected names of entities, and O is the tag of tokens outside all of them'],
  ['PER,PER', 'expected different names'],
])('annotate --labels %s says what is wrong with it', async (labels, message) => {
  expect(await refusalOf('annotate', 'texts.txt', '--labels', labels)).toContain(message);
});
