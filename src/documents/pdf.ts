import { badInput, type UserError } from '../errors.js';
import { loadPackage } from '../node/optional-package.js';
import { PAGE_BREAK } from '../text/pages.js';
import type { DocumentText } from './document.js';
import { leftOutOfPdf } from './pdf-left-out.js';

/** Tells PDF.js to say nothing on the console. */
const SILENT = 0;

/**
 * Extracts the text of a PDF, page by page, with the line breaks of the pages.
 *
 * @param source the name of the file in messages
 * @throws {UserError} if the package `unpdf` is not installed, exit code 1; if the PDF is damaged or encrypted, exit code 3
 */
export async function readPdf(bytes: Uint8Array, source: string): Promise<DocumentText> {
  const unpdf = await loadPackage<typeof import('unpdf')>('unpdf', source);
  try {
    const pdf = await unpdf.getDocumentProxy(new Uint8Array(bytes), { verbosity: SILENT });
    const { text: pages } = await unpdf.extractText(pdf);
    const leftOut = await leftOutOfPdf(pdf, pages, unpdf);
    await pdf.loadingTask.destroy();
    return { text: pages.map(cleanPage).join(`\n${PAGE_BREAK}`), hasPages: true, leftOut };
  } catch (error) {
    throw refusalOf(error, source);
  }
}

/** Returns the text of a page without the characters that would be taken for a page break or for none. */
function cleanPage(page: string): string {
  return page
    .replaceAll('\0', ' ')
    .replace(/[\f\r]/g, ' ')
    .trim();
}

/** Says why PDF.js cannot read a file, which it tells by errors of many kinds. */
function refusalOf(error: unknown, source: string): UserError {
  const { name, message } = error as Error;
  if (name === 'PasswordException')
    return badInput(`${source}: the PDF is encrypted, and needs a password`, 'save it without one (qpdf --decrypt)');
  return badInput(
    `${source}: expected a PDF, found what is none, or is damaged (${message})`,
    'does a PDF reader show it?',
  );
}
