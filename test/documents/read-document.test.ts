import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DocumentKind, documentKindOf } from '../../src/documents/document.js';
import { readDocument } from '../../src/documents/read-document.js';
import { ExitCode, UserError } from '../../src/errors.js';
import { docxOf, paragraph, pdfOf, zipOf } from '../helpers/office-files.js';

/** The text of a document. */
const textOf = async (kind: DocumentKind, bytes: Uint8Array): Promise<string> =>
  (await readDocument(kind, bytes, 'file')).text;

const html = (body: string): Buffer => Buffer.from(`<!doctype html>\n<body>${body}`);

describe('a PDF', () => {
  test('has the text of its pages, between which a form feed stands', async () => {
    const { text, hasPages, leftOut } = await readDocument(
      'pdf',
      pdfOf(['Ada left Paris.\nBob stayed.', 'Eve']),
      'a.pdf',
    );
    expect([text, hasPages, leftOut]).toEqual(['Ada left Paris.\nBob stayed.\n\fEve', true, []]);
  });

  test.each([
    [['Ada', ''], '1 of 2 pages, which holds no text and may be a picture'],
    [['', 'Ada', ''], '2 of 3 pages, which hold no text and may be pictures'],
  ])('tells how many of its pages hold no text: %j', async (pages, told) => {
    expect((await readDocument('pdf', pdfOf(pages), 'a.pdf')).leftOut).toEqual([told]);
  });

  test('tells how many form fields are filled in, and how many annotations have text', async () => {
    const field = (value: string): string =>
      `<< /Type /Annot /Subtype /Widget /FT /Tx /T (who) /Rect [9 9 99 99] ${value} >>`;
    const annotation = (subtype: string, contents: string): string =>
      `<< /Type /Annot /Subtype /${subtype} /Rect [9 9 99 99] /Contents (${contents}) >>`;
    const button = '<< /Type /Annot /Subtype /Widget /FT /Btn /T (yes) /V /Yes /Rect [9 9 99 99] >>';
    const fields = [field('/V (John Field)'), field('/V ( )'), field(''), button];
    const notes = [annotation('Text', 'Who?'), annotation('FreeText', 'Eve'), annotation('Text', '')];
    const pdf = pdfOf(['Ada'], [...fields, ...notes, annotation('Link', 'Ada')].join(' '));
    expect((await readDocument('pdf', pdf, 'a.pdf')).leftOut).toEqual([
      'what is filled into 1 form field',
      '2 annotations',
    ]);
  });

  test('tells how many of its pages have pictures and little text', async () => {
    const picture = 'q 99 0 0 99 9 9 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q ';
    const pages = ['Ada', 'Ada met Bob in Paris.\n'.repeat(10)];
    expect((await readDocument('pdf', pdfOf(pages, '', picture), 'a.pdf')).leftOut).toEqual([
      'pictures on 1 of 2 pages with little text',
    ]);
  });
});

describe('a DOCX', () => {
  test('has its paragraphs and tables, inserted text, and no deleted text', async () => {
    const deleted = '<w:del w:id="1"><w:r><w:delText>Rome</w:delText></w:r></w:del>';
    const inserted = '<w:ins w:id="2"><w:r><w:t>Paris</w:t></w:r></w:ins>';
    const cells = ['Ada', 'Oslo'].map((text) => `<w:tc>${paragraph(text)}</w:tc>`);
    const body = `${paragraph('Ada &amp; Bob left ', deleted, inserted)}<w:tbl><w:tr>${cells.join('')}</w:tr></w:tbl>`;
    expect(await textOf('docx', docxOf(body))).toBe('Ada & Bob left Paris\n\nAda\n\nOslo');
  });

  test('tells of the parts that are left out', async () => {
    const empty = '<x/>';
    const names = ['header2', 'footer1', 'charts/chart1', 'charts/chartEx1', 'diagrams/data1', 'embeddings/sheet'];
    const parts = Object.fromEntries(names.map((name) => [`word/${name}.xml`, empty]));
    const { leftOut } = await readDocument('docx', docxOf(paragraph('Ada'), parts), 'a.docx');
    expect(leftOut).toEqual(['page headers', 'page footers', 'charts', 'SmartArt', 'embedded objects']);
  });

  test('tells of the elements that are left out and may be text, each kind once', async () => {
    const run = '<w:r><w:t>Field</w:t></w:r>';
    const field = `<w:fldSimple w:instr="AUTHOR">${run}</w:fldSimple>`;
    const formula = `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">${run}</m:oMath>`;
    const marks = '<w:permStart w:id="1"/><w:permEnd w:id="1"/>';
    const body = paragraph('Ada', marks, field, formula, field, `<w:bdo w:val="rtl">${run}</w:bdo>`);
    const { text, leftOut } = await readDocument('docx', docxOf(body), 'a.docx');
    expect([text, leftOut]).toEqual(['Ada', ['simple fields (w:fldSimple)', 'formulas', 'elements w:bdo']]);
  });
});

test('a DOCX with text for newer programs alone is told of', async () => {
  const mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
  const choice = (text: string) => `<mc:Choice Requires="wps">${text}</mc:Choice>`;
  const alternatives = (...parts: string[]) => `<mc:AlternateContent ${mc}>${parts.join('')}</mc:AlternateContent>`;
  const fallback = (text: string) => `<mc:Fallback>${text}</mc:Fallback>`;
  const body = paragraph(
    alternatives(choice(run('Bob')), fallback(run('Ada'))),
    alternatives(choice(run('Eve'))),
    alternatives(choice(alternatives(choice(run('Ida')))), '<mc:Fallback/>'),
    alternatives(choice(run('Max')), fallback(alternatives(choice(run('Uwe'))))),
    alternatives(choice('<w:r><w:rPr/></w:r>')),
  );
  const { text, leftOut } = await readDocument('docx', docxOf(body), 'a.docx');
  expect([text, leftOut]).toEqual(['Ada', ['3 parts for newer programs (mc:AlternateContent)']]);
});

describe('an HTML page', () => {
  test('has the text that is shown, and nothing of scripts, styles, comments and templates', async () => {
    const hidden = '<script>Ada</script><style>Bob</style><!-- Eve --><template>Ida</template>';
    expect(await textOf('html', html(`${hidden}<h1>News</h1><p>Max   left\n<b>Paris</b>.<br>Then</p>`))).toBe(
      'News\n\nMax left Paris.\nThen',
    );
  });

  test('tells how many elements with text are hidden, and leaves them out', async () => {
    const hidden = '<div hidden>Bob <p hidden>Eve</p></div><i hidden="until-found">Ida</i>';
    const silent = '<p hidden> </p><div hidden><style>p {}</style></div>';
    const { text, leftOut } = await readDocument('html', html(`<p>Ada${hidden}${silent}`), 'a.html');
    expect([text, leftOut]).toEqual(['Ada', ['2 hidden elements']]);
  });

  test('tells elements that are hidden with what they name in attributes, and templates in templates', async () => {
    const hidden = '<img hidden alt="Bob"><input hidden value="Eve"><iframe hidden src="a.html"></iframe>';
    const inner = '<div hidden><img alt="Ida"></div><p hidden><template><b>Max</b></template></p>';
    const nested = '<template>'.repeat(480);
    const silent =
      '<img hidden alt=""><input hidden><noscript hidden></noscript><template><script>1</script></template>';
    const { leftOut } = await readDocument('html', html(`<p>Ada</p>${hidden}${inner}${silent}${nested}Kai`), 'a.html');
    expect(leftOut).toEqual(['5 hidden elements', '1 template']);
  });

  test.each([
    ['<noscript><style media="x">p {}</STYLE><i></noscript>', []],
    ['<noscript><style>p {}<i></style></noscript>', ['1 part for browsers without scripts']],
    ['<noscript><style>p {}</style>a < b</noscript>', ['1 part for browsers without scripts']],
    ['<noscript><i>b</noscript>', ['1 part for browsers without scripts']],
    [`<noscript>${'<'.repeat(300_000)}</noscript>`, ['1 part for browsers without scripts']],
    [`<noscript>${'<style '.repeat(100_000)}</noscript>`, ['1 part for browsers without scripts']],
  ])(
    'tells text for browsers without scripts apart from markup, in time linear in its length: %.50j',
    async (part, told) => {
      const started = performance.now();
      const { leftOut } = await readDocument('html', html(`<p>Ada</p>${part}`), 'a.html');
      expect(leftOut).toEqual(told);
      expect(performance.now() - started).toBeLessThan(3000);
    },
  );

  test('tells how much of a page is not shown as text and may be text, by kinds', async () => {
    const page = [
      '<html><head><title>News of Ada</title><noscript><style>p {}</style></noscript></head><body hidden><p>Ada',
      '<img alt="Bob"><img alt=""><map><area alt="Eve"></map><input type="image" alt="Go">',
      '<noscript><b>Ida</b></noscript><noscript><img src="a"></noscript>',
      '<iframe src="a.html"></iframe><iframe></iframe><template><p>Max</p></template><template> </template>',
      '<textarea>Pia</textarea><select><option>Uwe<option>Zoe</select><input value="Kai"><input type="hidden" value="x">',
      '<div hidden>Lea<img alt="Jan"></div></body></html>',
    ];
    const { text, leftOut } = await readDocument('html', Buffer.from(page.join('')), 'a.html');
    expect([text, leftOut]).toEqual([
      'Ada',
      [
        ...['1 title', '1 hidden element', '3 form fields', '3 alternative texts of pictures', '1 frame'],
        ...['1 part for browsers without scripts', '1 template'],
      ],
    ]);
  });

  test.each([
    ['by a name in <meta>', Buffer.from('<html><meta charset="windows-1252"><p>José', 'latin1')],
    [
      'by the older <meta>',
      Buffer.from('<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>José', 'latin1'),
    ],
    ['by an XML declaration', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><html><p>José', 'latin1')],
    ['UTF-8 if it names none', Buffer.from('<html><p>José')],
    ['UTF-8 with a byte-order mark', Buffer.from('\uFEFF<html><meta charset="latin1"><p>José')],
    ['UTF-16', Buffer.from('\uFEFF<html><p>José', 'utf16le')],
  ])('is decoded %s', async (_, bytes) => {
    expect(await textOf('html', bytes)).toBe('José');
  });
});

test.each<[string, DocumentKind, Uint8Array, string | RegExp]>([
  ['an empty file', 'pdf', Buffer.alloc(0), 'file: expected a document in PDF, found an empty file'],
  ['a text', 'pdf', Buffer.from('Ada'), /^file: expected a PDF, found what is none, or is damaged \(/],
  ['half a PDF', 'pdf', pdfOf(['Ada']).subarray(0, 200), /^file: expected a PDF, found what is none, or is damaged \(/],
  ['a PDF of pictures', 'pdf', pdfOf(['']), /^file: no text in it \(left out: 1 of 1 page, which holds no text/],
  ['a text', 'docx', Buffer.from('Ada'), /^file: expected a DOCX, found what is none, or is damaged \(/],
  [
    'half a DOCX',
    'docx',
    docxOf(paragraph('Ada')).subarray(0, 300),
    /^file: expected a DOCX, found what is none, or is/,
  ],
  ['broken XML', 'docx', docxOf('<w:p>'), /^file: expected a DOCX, found what is none, or is damaged \(/],
  ['a spreadsheet', 'docx', zipOf({ 'xl/workbook.xml': '' }), /found a ZIP archive without a document of Word in it$/],
  [
    'an encrypted file',
    'docx',
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    /a file of an older Word, or an encrypted one$/,
  ],
  ['a document without text', 'docx', docxOf(paragraph()), 'file: no text in it'],
  ['a page without text', 'html', html('<script>Ada</script>'), 'file: no text in it'],
  ['other bytes', 'html', Buffer.from('<html>\nJosé', 'latin1'), 'file:2: expected UTF-8, found other bytes'],
  [
    'an unknown encoding',
    'html',
    Buffer.from('<meta charset="klingon">'),
    /said to be in klingon, an encoding that is/,
  ],
])('refuses %s as %s in one message', async (_, kind, bytes, message) => {
  const error = await readDocument(kind, bytes, 'file').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect([(error as UserError).message, (error as UserError).exitCode]).toEqual([
    typeof message === 'string' ? message : expect.stringMatching(message),
    ExitCode.badInput,
  ]);
});

test.each<[DocumentKind, Buffer]>([
  ['pdf', pdfOf(['Ada left.', 'Bob'])],
  ['docx', docxOf(paragraph('Ada left.'))],
])('refuses a damaged %s with a UserError, or reads it', async (kind, whole) => {
  const damage = fc.record({
    at: fc.nat(whole.length - 1),
    byte: fc.nat(255),
    end: fc.integer({ min: 1, max: whole.length }),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, byte, end }) => {
      const bytes = Buffer.from(whole);
      bytes[at] = byte;
      const error = await readDocument(kind, bytes.subarray(0, end), 'file').then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error !== undefined) expect(error).toBeInstanceOf(UserError);
    }),
    { numRuns: 40 },
  );
});

test.each<[string, string, DocumentKind | undefined]>([
  ['%PDF-1.7\n', 'a.bin', 'pdf'],
  ['PK\x03\x04', '-', 'docx'],
  ['\xef\xbb\xbf\n<!DOCTYPE html>', '-', 'html'],
  ['<?xml version="1.0"?>\n<html xmlns="x">', '-', 'html'],
  ['Ada', 'report.PDF', 'pdf'],
  ['Ada', 'letter.docx.gz', 'docx'],
  ['<p>Ada', 'page.htm', 'html'],
  ['<p>Ada', 'page.txt', undefined],
  ['PK is a name', '-', undefined],
  ['Ada', 'pdf', undefined],
])('the kind of %j named %s is %s', (head, path, kind) => {
  expect(documentKindOf(head, path)).toBe(kind);
});
