import { counted } from '../text/counts.js';

type Unpdf = typeof import('unpdf');
type Pdf = Awaited<ReturnType<Unpdf['getDocumentProxy']>>;

/** A page with fewer characters and a picture may be one that a scanner has made, with a stamp or a page number as text. */
const LITTLE_TEXT = 200;

/**
 * Returns what a PDF holds beside the text of its pages and may be text, a phrase for each kind.
 *
 * @param pages the text of each page
 */
export async function leftOutOfPdf(pdf: Pdf, pages: readonly string[], unpdf: Unpdf): Promise<string[]> {
  addTransfer();
  const { OPS } = await unpdf.getResolvedPDFJS();
  const pictures = new Set<number>([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject]);
  const found = { empty: 0, nearlyEmpty: 0, fields: 0, annotations: 0 };
  for (const [index, text] of pages.entries()) {
    const page = await pdf.getPage(index + 1);
    for (const annotation of await page.getAnnotations()) {
      if (isFilledField(annotation)) found.fields++;
      else if (hasText(annotation)) found.annotations++;
    }
    const { length } = text.trim();
    if (length === 0) found.empty++;
    else if (length < LITTLE_TEXT) {
      const { fnArray } = await page.getOperatorList();
      if (fnArray.some((operator) => pictures.has(operator))) found.nearlyEmpty++;
    }
    page.cleanup();
  }
  return describe(found, counted(pages.length, 'page'));
}

function describe(
  {
    empty,
    nearlyEmpty,
    fields,
    annotations,
  }: Readonly<Record<'empty' | 'nearlyEmpty' | 'fields' | 'annotations', number>>,
  all: string,
): string[] {
  const phrases: string[] = [];
  if (empty === 1) phrases.push(`1 of ${all}, which holds no text and may be a picture`);
  if (empty > 1) phrases.push(`${empty} of ${all}, which hold no text and may be pictures`);
  if (nearlyEmpty > 0) phrases.push(`pictures on ${nearlyEmpty} of ${all} with little text`);
  if (fields > 0) phrases.push(`what is filled into ${counted(fields, 'form field')}`);
  if (annotations > 0) phrases.push(counted(annotations, 'annotation'));
  return phrases;
}

/** Adds the method of ES2024 by which PDF.js passes fonts on, and without which it lists no drawing after text; Node 20 lacks it. */
function addTransfer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    value(this: ArrayBuffer, length: number): ArrayBuffer {
      return this.slice(0, length);
    },
  });
}

/** What PDF.js says about a note, a drawing or a field on a page, as far as it matters here. */
interface Annotation {
  readonly subtype?: string;
  /** The type of a form field: a text (`Tx`), a choice (`Ch`), a button (`Btn`) or a signature (`Sig`). */
  readonly fieldType?: string;
  readonly fieldValue?: unknown;
  readonly contentsObj?: { readonly str: string };
  /** The lines that the page shows. */
  readonly textContent?: readonly string[];
}

function isFilledField({ fieldType, fieldValue }: Annotation): boolean {
  return (fieldType === 'Tx' || fieldType === 'Ch') && [fieldValue].flat().some((value) => isText(value));
}

/** Whether an annotation has text of its own: links describe what the page says, and pop-ups repeat other annotations. */
function hasText({ subtype = '', contentsObj, textContent = [] }: Annotation): boolean {
  return !['Link', 'Popup', 'Widget'].includes(subtype) && [contentsObj?.str, ...textContent].some(isText);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}
