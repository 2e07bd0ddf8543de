import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { docxOf, paragraph, pdfOf } from '../helpers/office-files.js';

const folder = new Folder();

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('report.pdf', pdfOf(['Bob Jones left Paris .', 'The bank closed .', 'Anna Smith lives in London .']));
  folder.write('letter.docx', docxOf(paragraph('Bob Jones left Paris .')));
  folder.write('page.html', '<!doctype html>\n<p>Bob Jones left Paris .</p><script>Anna</script>\n');
}, 60_000);

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test.concurrent('the sentences of a PDF have their pages, and offsets count in the text that --to text gives', async () => {
  const { stdout, stderr } = await folder.mustRun(['tag', '--file', 'report.pdf', '--json']);
  expect(stderr).toBe('report.pdf: read as PDF, 3 pages\n');
  const { stdout: text } = await folder.mustRun(['tag', '--file', 'report.pdf', '--to', 'text']);
  expect(text).toBe('Bob Jones left Paris .\n\fThe bank closed .\n\fAnna Smith lives in London .\n');
  const sentences = linesOf(stdout) as {
    page: number;
    start: number;
    spans: { start: number; end: number; text: string }[];
  }[];
  expect(sentences.map(({ page }) => page)).toEqual([1, 2, 3]);
  const spans = sentences.flatMap((sentence) => sentence.spans);
  expect(spans.map((span) => span.text)).toEqual(['Bob Jones', 'Paris', 'Anna Smith', 'London']);
  for (const { start, end, text: name } of spans) expect(text.slice(start, end)).toBe(name);
});

test.concurrent('several documents are told apart, in JSON and in tables', async () => {
  const args = ['tag', '--file', 'report.pdf', 'letter.docx', 'page.html', '--to'];
  const { stdout } = await folder.mustRun([...args, 'jsonl']);
  expect(linesOf(stdout).map(({ document, page, text }) => [document, page, text])).toEqual([
    ['report.pdf', 1, 'Bob Jones left Paris .'],
    ['report.pdf', 2, 'The bank closed .'],
    ['report.pdf', 3, 'Anna Smith lives in London .'],
    ['letter.docx', undefined, 'Bob Jones left Paris .'],
    ['page.html', undefined, 'Bob Jones left Paris .'],
  ]);
  const table = (await folder.mustRun([...args, 'csv'])).stdout.split('\r\n');
  expect(table.slice(0, 2)).toEqual([
    'document,page,text,LOC,PER',
    'report.pdf,1,Bob Jones left Paris .,Paris,Bob Jones',
  ]);
  expect(table[4]).toBe('letter.docx,,Bob Jones left Paris .,Paris,Bob Jones');
});

test.concurrent.each(['report.pdf', 'letter.docx', 'page.html'])(
  '%s is known on stdin by its first bytes',
  async (name) => {
    const { stdout, stderr } = await folder.mustRun(['tag'], { input: folder.readBytes(name) });
    expect(stdout.split('\n')[0]).toBe('[Bob Jones](PER) left [Paris](LOC) .');
    expect(stderr).toMatch(/^stdin: read as (?:PDF, 3 pages|DOCX|HTML)\n$/);
  },
);

test.concurrent('--from lines reads HTML as lines, and --from html reads a part of a page', async () => {
  const { stdout } = await folder.mustRun(['tag', '--from', 'lines', '--file', 'page.html']);
  expect(stdout).toContain('<!doctype html>\n');
  const part = await folder.mustRun(['tag', '--from', 'html'], { input: '<p>Bob Jones left Paris .' });
  expect([part.stdout, part.stderr]).toEqual(['[Bob Jones](PER) left [Paris](LOC) .\n', '']);
});

test.concurrent('--to redacted keeps the layout of a document', async () => {
  const { stdout } = await folder.mustRun(['tag', '--file', 'report.pdf', '--to', 'redacted']);
  expect(stdout).toBe('[PER] left [LOC] .\n\fThe bank closed .\n\f[PER] lives in [LOC] .\n');
});

test.concurrent('a document that cannot be read ends the work in one message, or becomes an error record', async () => {
  folder.write('broken.pdf', '%PDF-1.7\n');
  const args = ['tag', '--file', 'broken.pdf', 'letter.docx', '--json'];
  const ended = await folder.rnn(args);
  expect([ended.exitCode, ended.stdout]).toEqual([3, '']);
  expect(ended.stderr).toMatch(/^rnn: broken\.pdf: expected a PDF, found what is none, or is damaged .*\n.*\n$/);
  const wentOn = await folder.rnn([...args, '--keep-going']);
  expect(wentOn.exitCode).toBe(3);
  expect(linesOf(wentOn.stdout)).toMatchObject([
    { document: 'broken.pdf', error: expect.stringContaining('broken.pdf') },
    { document: 'letter.docx' },
  ]);
});

test.concurrent('pages without text are told', async () => {
  folder.write('scan.pdf', pdfOf(['Bob Jones left Paris .', '']));
  const { stderr } = await folder.mustRun(['tag', '--file', 'scan.pdf', '--from', 'pdf']);
  expect(stderr).toBe('warning: scan.pdf: left out: 1 of 2 pages, which holds no text and may be a picture\n');
});

test.concurrent('sentences as arguments are no documents', async () => {
  const { exitCode, stderr } = await folder.rnn(['tag', '--from', 'pdf', 'Bob left .']);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('name files with --file')]);
});
