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
    expect(stdout).toBe(`text,id,LOC,PER,error\r\nBob left .,,,,"${problem}"\r\nThe bank closed .,3,,,\r\n`);
    expect(stderr).toContain(`warning: ${problem}\n`);
    expect(stderr).toContain('the last cells of their rows say why');
    expect(exitCode).toBe(3);
  });

  test.concurrent('says truly what stands for such a row, --to inline', async () => {
    const { stdout, stderr } = await folder.rnn(['tag', '--from', 'csv', '--keep-going'], {
      input: 'text,id\nBob left .\nThe bank closed .,3\n',
    });
    expect(stdout).toBe('\nThe bank closed .\n');
    expect(stderr).toContain('their places have empty lines');
  });

  test.concurrent('takes quotes inside of a cell as text, and counts a row of wrong quotes with --keep-going', async () => {
    const input = 'text\tid\nBob "the Bob" Jones left .\t1\n"Go" said Bob\t2\n';
    const { stdout } = await folder.mustRun(['tag', '--from', 'tsv', '--to', 'text'], { input });
    expect(stdout).toBe('Bob "the Bob" Jones left .\n"Go" said Bob\n');
    const table = 'text,id\n"Go" said Bob,1\n"The bank, 2\nBob left .,3\n';
    const args = ['tag', '--from', 'csv', '--to', 'text'];
    const refused = await folder.rnn(args, { input: table });
    expect(refused.stderr).toMatch(
      /^rnn: stdin:2: expected a comma, .*\n.*a quote inside of quotes is written twice\n$/,
    );
    const { stdout: rest, stderr, exitCode } = await folder.rnn([...args, '--keep-going'], { input: table });
    expect([rest, exitCode]).toEqual(['\n\nBob left .\n', 3]);
    expect(stderr).toContain('warning: stdin:3: the quotes of a cell are never closed\n');
    expect(stderr).toContain('rnn: 2 records could not be read\n');
  });

  test.concurrent.each(['inline', 'conll', 'html', 'text'])('tells the columns that --to %s leaves out', async (to) => {
    const { stderr } = await folder.mustRun(['tag', '--from', 'csv', '--to', to], {
      input: 'text,id,date\nBob left .,1,2 May\nThe bank closed .,2,3 May\n',
    });
    expect(stderr).toBe(
      `warning: stdin:2: 2 records have other fields ("id", "date"), which --to ${to} leaves out; --json keeps them (the next at stdin:3)\n`,
    );
  });

  test.concurrent.each([
    ['csv', 'text,LOC,PER\r\n'],
    ['redacted', 'text\r\n'],
  ])('gives a table without rows its columns, --to %s', async (to, expected) => {
    const { stdout, stderr } = await folder.mustRun(['tag', '--from', 'csv', '--to', to], { input: 'text\n' });
    expect(stdout).toBe(expected);
    expect(stderr).toBe('warning: stdin: there is nothing to tag in it\n');
  });

  test.concurrent('tells columns that a second table has and the first has not', async () => {
    folder.write('one.csv', 'text,id\nBob left .,1\n');
    folder.write('two.csv', 'text,date\nThe bank closed .,2 May\n');
    const { stderr } = await folder.mustRun(['tag', '--from', 'csv', '--file', 'one.csv', 'two.csv', '--to', 'csv']);
    expect(stderr).toBe('warning: "date" is left out in record 2: the table has the columns of its first record\n');
  });
});

describe('rnn tag --from csv --to redacted', () => {
  test.concurrent('keeps the table, and warns of the columns that it leaves as they are', async () => {
    const { stdout, stderr } = await folder.mustRun(['tag', '--from', 'csv', '--to', 'redacted'], {
      input: '2020;text;who\n7;Bob Jones left Paris .;Bob Jones\n8;"The bank\nclosed .";\n',
    });
    expect(stdout).toBe('2020,text,who\r\n7,[PER] left [LOC] .,Bob Jones\r\n8,"The bank\nclosed .",\r\n');
    expect(stderr).toBe(
      'warning: other columns ("2020", "who") are written as they are: names in them are not replaced\n',
    );
  });

  test.concurrent('warns truly of the columns of several tables: those of the first are kept', async () => {
    folder.write('first.csv', 'text,id\nBob left .,1\n');
    folder.write('second.csv', 'id,text,date\n2,The bank closed .,2 May\n');
    const { stdout, stderr } = await folder.mustRun([
      ...['tag', '--from', 'csv', '--file', 'first.csv', 'second.csv', '--to', 'redacted'],
    ]);
    expect(stdout).toBe('text,id\r\n[PER] left .,1\r\nThe bank closed .,2\r\n');
    expect(stderr).toBe(
      'warning: other columns ("id") are written as they are: names in them are not replaced\n' +
        'warning: "date" is left out in record 2: the table has the columns of its first record\n',
    );
  });

  test.concurrent('keeps nothing of a row that cannot be read but why', async () => {
    const args = ['tag', '--from', 'tsv', '--to', 'redacted', '--keep-going', '--text-column', 'comment'];
    const { stdout, stderr, exitCode } = await folder.rnn(args, {
      input: 'id\tcomment\n1\tBob Jones left Paris .\n2\tBob Jones\tBob Jones\n',
    });
    expect(stdout).toBe(
      'id\tcomment\terror\r\n1\t[PER] left [LOC] .\t\r\n\t\tstdin:3: expected 2 columns, found 3 columns\r\n',
    );
    expect(stderr).toContain('the last cells of their rows say why');
    expect(exitCode).toBe(3);
  });
});

test('--text-column without a table is wrong usage', async () => {
  const { stderr, exitCode } = await folder.rnn(['tag', '--text-column', 'x', 'Bob left .']);
  expect([stderr, exitCode]).toEqual([expect.stringContaining('--text-column names a column of a table'), 2]);
});
