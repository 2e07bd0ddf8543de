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
    [['trian'], "unknown command 'trian'", 'train'],
    [['help', 'vocba'], "unknown command 'vocba'", 'vocab'],
    [['train', '--hiden', '3'], "unknown option '--hiden'", '--hidden'],
    [['tag', '--modle', 'x'], "unknown option '--modle'", '--model'],
    [['eval', '--jsn'], "unknown option '--jsn'", '--json'],
    [['vocab', '--dve', 'x'], "unknown option '--dve'", '--dev'],
    [['--hlep'], "unknown option '--hlep'", '--help'],
  ])('rnn %j', async (args, what, nearest) => {
    const message = await refusalOf(...args);
    expect(message).toContain(what);
    expect(message).toContain(`(Did you mean ${nearest}?)`);
  });
});

test.concurrent('what resembles nothing is told where the help is', async () => {
  expect(await refusalOf('Anna')).toContain('see rnn --help');
  expect(await refusalOf('tag', '--hidden', '3')).toContain('see rnn tag --help');
});

test.concurrent('an argument or a value that is missing is named', async () => {
  expect(await refusalOf('vocab')).toContain("missing required argument 'corpus'");
  expect(await refusalOf('train', '--epochs')).toContain("option '--epochs <n>' argument missing");
});

describe.concurrent('a value that is none is refused with what was expected:', () => {
  test.each([
    [['--epochs', '0'], 'option --epochs "0": expected a whole number from 1 to 100000'],
    [['--epochs', '1.5'], 'option --epochs "1.5": expected a whole number from 1'],
    [['--hidden', ''], 'option --hidden "": expected a whole number from 1 to 8192'],
    [['--dropout', '1'], 'option --dropout "1": expected a number from 0, below 1'],
    [['--learning-rate', 'Infinity'], 'option --learning-rate "Infinity": expected a number above 0'],
    [['--optimizer', 'sdg'], 'option --optimizer "sdg": expected sgd or momentum or adam'],
    [['--outside', ''], 'option --outside "": expected non-empty text'],
    [['--token-column', '0'], 'Expected a whole number from 1'],
    [['--optimizer', 'sdg'], 'sgd or momentum or adam. Did you mean sgd?'],
    [['--preset', 'textbok'], 'Allowed choices are default, accurate, textbook. Did you mean textbook?'],
    [['--preset', 'best'], 'Allowed choices are default, accurate, textbook'],
  ])('%j', async (options, message) => {
    expect(await refusalOf('train', 'names.conll', ...options)).toContain(message);
  });

  test('a format that is none', async () => {
    expect(await refusalOf('eval', '--to', 'markdwon')).toContain('html. Did you mean markdown?');
    expect(await refusalOf('convert', 'x', '--to', 'conll', '--scheme', 'iob')).toContain('Did you mean iob1?');
    expect(await refusalOf('tag', '--to', 'xml', 'x')).toContain('Allowed choices are inline, conll, jsonl');
    expect(await refusalOf('eval', '--to', 'xml')).toContain(
      'Allowed choices are text, json, markdown, latex, conlleval, html',
    );
  });
});
