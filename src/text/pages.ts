/** Stands before each page of a document but its first, behind a line feed, as pdftotext writes it. */
export const PAGE_BREAK = '\f';

/** Returns the number of pages that begin in a text. */
export function countPageBreaks(text: string): number {
  return text.split(PAGE_BREAK).length - 1;
}
