import { counted } from '../text/counts.js';
import { countPageBreaks } from '../text/pages.js';
import { type DocumentText, KIND_NAMES } from './document.js';
import type { OpenedDocument } from './open-document.js';

/** Says what kind of document was read, as in `PDF, 3 pages`. */
export function describeDocument({ kind, text, hasPages }: OpenedDocument): string {
  return hasPages ? `${KIND_NAMES[kind]}, ${counted(countPageBreaks(text) + 1, 'page')}` : KIND_NAMES[kind];
}

/** Returns a warning of what was left out of a document and may be text; undefined if nothing was. */
export function leftOutWarning({ leftOut }: Pick<DocumentText, 'leftOut'>, source: string): string | undefined {
  return leftOut.length === 0 ? undefined : `warning: ${source}: left out: ${leftOut.join('; ')}`;
}
