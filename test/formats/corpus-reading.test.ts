import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import { corpusReadingSchema, readingOf } from '../../src/formats/format.js';
import { flagOf } from '../../src/settings/flags.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const ALL = {
  from: 'conll',
  tokenColumn: 2,
  tagColumn: 3,
  tagNames: ['O', 'B-PER'],
  offsets: 'utf16',
  outside: '0',
  unknownTag: '?',
} as const;

test('how a corpus is read is taken whole from options, and nothing else of them', () => {
  expect(Object.keys(ALL)).toEqual(Object.keys(corpusReadingSchema.shape));
  expect(readingOf({ ...ALL, quiet: true } as object)).toEqual(ALL);
  expect(readingOf({})).toEqual({});
});

test('a value that is not allowed is refused', () => {
  expect(() => readingOf({ tagColumn: 0 })).toThrow(UserError);
  expect(() => readingOf({ offsets: 'bytes' } as object)).toThrow('offsets');
});

test.each(['train', 'sweep', 'curve', 'check', 'convert', 'eval'])(
  'rnn %s has a flag for each option',
  async (command) => {
    const { stdout } = await folder.mustRun([command, '--help']);
    for (const name of Object.keys(corpusReadingSchema.shape)) expect(stdout).toContain(`${flagOf(name)} <`);
  },
);
