import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.js';
import { preparePython } from '../bench/peers/venv.js';
import { BROWSER, printPdf } from '../helpers/browser.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const prepared = await preparePython('documents', new URL('python/requirements.txt', import.meta.url));
if ('skipped' in prepared) process.stderr.write(`skipped: ${prepared.skipped}\n`);
const python = 'python' in prepared ? prepared.python : undefined;

const PAGE = `<!doctype html>
<html><head><meta charset="utf-8"><title>Report</title><style>p { color: black }</style></head>
<body><script>const name = 'Bob';</script>
<h1>Report</h1><p>Bob Jones left Paris – “at once”.</p>
<p style="break-before: page">Žofie Dvořáková lives in Αθήνα.</p></body></html>
`;

const read = async (kind: 'pdf' | 'docx', name: string) => readDocument(kind, folder.readBytes(name), name);

describe.skipIf(!BROWSER)('what Chromium prints (skipped where there is none)', () => {
  beforeAll(async () => {
    folder.write('page.html', PAGE);
    await printPdf(folder.at('page.html'), folder.at('report.pdf'));
  }, 120_000);

  const TEXT = 'Report\nBob Jones left Paris – “at once”.\n\fŽofie Dvořáková lives in Αθήνα.';

  test('has the text of its pages', async () => {
    expect(await read('pdf', 'report.pdf')).toEqual({ text: TEXT, hasPages: true, leftOut: [] });
  });

  describe.skipIf(!python)('and Python changes (skipped where its packages cannot be installed)', () => {
    beforeAll(async () => {
      const script = fileURLToPath(new URL('python/make_documents.py', import.meta.url));
      await execa(python ?? '', [script, folder.path]);
    });

    test('is read where only its changes need a password, and else refused', async () => {
      expect((await read('pdf', 'open.pdf')).text).toBe(TEXT);
      await expect(read('pdf', 'locked.pdf')).rejects.toThrow('locked.pdf: the PDF is encrypted, and needs a password');
    });

    test('is read without its notes, which are told', async () => {
      expect(await read('pdf', 'noted.pdf')).toEqual({ text: TEXT, hasPages: true, leftOut: ['2 annotations'] });
    });

    test('python-docx writes a document whose body is read, and what is left out is told', async () => {
      expect(await read('docx', 'letter.docx')).toEqual({
        text: 'Report\n\nBob Jones left Paris .\n\nAnna Smith\n\nLondon',
        hasPages: false,
        leftOut: ['1 picture', 'page headers', 'comments'],
      });
    });
  });
});
