/** The kinds of files whose text is extracted before it is tagged. */
export const DOCUMENT_KINDS = ['pdf', 'docx', 'html'] as const;

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What messages call each kind. */
export const KIND_NAMES: Readonly<Record<DocumentKind, string>> = { pdf: 'PDF', docx: 'DOCX', html: 'HTML' };

/** The text of a document, in which offsets count. */
export interface DocumentText {
  readonly text: string;
  /** Whether the kind has pages, which `PAGE_BREAK` divides. */
  readonly hasPages: boolean;
  /** What was left out and may be text, a phrase each, as in `2 pictures`. */
  readonly leftOut: readonly string[];
}

/** Whether the name of a format is that of a kind of documents. */
export function isDocumentKind(format: string | undefined): format is DocumentKind {
  return DOCUMENT_KINDS.some((kind) => kind === format);
}

const ENDINGS: readonly (readonly [DocumentKind, RegExp])[] = [
  ['pdf', /\.pdf(?:\.gz)?$/i],
  ['docx', /\.docx(?:\.gz)?$/i],
  ['html', /\.x?html?(?:\.gz)?$/i],
];

/** The first bytes of Microsoft's compound files, as Latin-1: those of Word before 2007, and all encrypted ones. */
export const COMPOUND_FILE = '\xd0\xcf\x11\xe0';

/** The first bytes of a ZIP archive, as Latin-1; a DOCX is one. */
const ZIP = 'PK\x03\x04';

const HTML = /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]/i;

/** How many bytes at the beginning of a file show its kind. */
export const KIND_BYTES = 1024;

/**
 * Returns the kind of a file by its first bytes, or else by its name; undefined if it is none.
 *
 * @param head the first bytes, as Latin-1
 */
export function documentKindOf(head: string, path: string): DocumentKind | undefined {
  if (head.startsWith('%PDF-')) return 'pdf';
  if (head.startsWith(ZIP) || head.startsWith(COMPOUND_FILE)) return 'docx';
  if (HTML.test(head)) return 'html';
  return ENDINGS.find(([, ending]) => ending.test(path))?.[0];
}
