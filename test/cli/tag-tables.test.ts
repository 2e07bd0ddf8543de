import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.learnByHeart(NAMES));

const TABLE = 'id;comment\r\n1;"Bob Jones left Paris ."\r\n2;The bank closed .\r\n';

describe('rnn tag --from csv', () => {
  test.concurrent('adds a column a label', async () => {
    const { stdout } = await folder.mustRun(['tag', '--from', 'csv', '--text-column', 'comment', '--to', 'csv'], {
      input: TABLE,
    });
    expect(stdout).toBe('id,comment,LOC,PER\r\n1,Bob Jones left Paris .,Paris,Bob Jones\r\n2,The bank closed .,,\r\n');
  });

  test.concurrent('keeps the other columns as fields of JSON lines', async () => {
    const { stdout } = await folder.mustRun(['tag', '--from', 'tsv', '--json'], { input: 'text\tid\nBob left .\t7\n' });
    expect(JSON.parse(stdout)).toMatchObject({ id: '7', text: 'Bob left .' });
  });

  test.concurrent.each([
    [TABLE, /^rnn: stdin:1: expected a column named "text", found "id", "comment"\n.*--text-column/],
    ['text,id\nBob left .\n', /^rnn: stdin:2: expected 2 columns, found 1 column\n/],
    ['text,text\nBob,left\n', /^rnn: stdin:1: two columns are named "text"/],
  ])('refuses %j with line and reason', async (input, message) => {
    const { stderr, exitCode } = await folder.rnn(['tag', '--from', 'csv'], { input });
    expect([stderr, exitCode]).toEqual([expect.stringMatching(message), 3]);
  });

  test.concurrent('goes on after a row of other columns with --keep-going, and tells', async () => {
    const { stdout, stderr, exitCode } = await folder.rnn(['tag', '--from', 'csv', '--to', 'csv', '--keep-going'], {
      input: 'text,id\nBob left .\nThe bank closed .,3\n',
    });
    const problem = 'stdin:2: expected 2 columns, found 1 column';
    expect(stdout).toBe(`id,text,LOC,PER,error\r\n,Bob left .,,,"${problem}"\r\n3,The bank closed .,,,\r\n`);
    expect(stderr).toContain(`warning: ${problem}\n`);
    expect(stderr).toContain('the last cells of their rows say why');
    expect(exitCode).toBe(3);
  });

  test.concurrent.each(['redacted', 'inline'])('says truly what stands for such a row, --to %s', async (to) => {
    const { stdout, stderr } = await folder.rnn(['tag', '--from', 'csv', '--to', to, '--keep-going'], {
      input: 'text,id\nBob left .\nThe bank closed .,3\n',
    });
    expect(stdout).toBe('\nThe bank closed .\n');
    expect(stderr).toContain('their places have empty lines');
  });

  test.concurrent.each(['redacted', 'inline', 'conll', 'html'])(
    'tells the columns that --to %s leaves out',
    async (to) => {
      const { stderr } = await folder.mustRun(['tag', '--from', 'csv', '--to', to], {
        input: 'text,id,date\nBob left .,1,2 May\nThe bank closed .,2,3 May\n',
      });
      expect(stderr).toBe(
        `warning: stdin:2: 2 records have other fields ("id", "date"), which --to ${to} leaves out; --json keeps them (the next at stdin:3)\n`,
      );
    },
  );

  test.concurrent('tells the line feeds of cells that --to redacted writes as spaces', async () => {
    const { stdout, stderr } = await folder.mustRun(['tag', '--from', 'csv', '--to', 'redacted'], {
      input: 'text\n"The bank\nclosed ."\n',
    });
    expect(stdout).toBe('The bank closed .\n');
    expect(stderr).toBe('warning: stdin:3: a record has line feeds, which --to redacted writes as spaces\n');
  });

  test.concurrent('tells columns that a second table has and the first has not', async () => {
    folder.write('one.csv', 'text,id\nBob left .,1\n');
    folder.write('two.csv', 'text,date\nThe bank closed .,2 May\n');
    const { stderr } = await folder.mustRun(['tag', '--from', 'csv', '--file', 'one.csv', 'two.csv', '--to', 'csv']);
    expect(stderr).toBe('warning: "date" is left out in record 2: the table has the columns of its first record\n');
  });
});

test('--text-column without a table is wrong usage', async () => {
  const { stderr, exitCode } = await folder.rnn(['tag', '--text-column', 'x', 'Bob left .']);
  expect([stderr, exitCode]).toEqual([expect.stringContaining('--text-column names a column of a table'), 2]);
});
