import { badInput } from '../errors.js';
import { readHtml } from '../formats/html-text.js';
import { decodeText, utf16Of } from '../node/files.js';
import type { DocumentText } from './document.js';

/**
 * Extracts the text of an HTML page as a browser shows it: without scripts, styles, comments, what forms hold, and hidden elements.
 *
 * @param source the name of the file in messages
 * @throws {UserError} if its bytes are not in its encoding, or its elements are too many or too deep, exit code 3
 */
export function readHtmlDocument(bytes: Uint8Array, source: string): DocumentText {
  const { text, leftOut } = readHtml(decodeHtml(bytes, source), 'page', source);
  return { text, hasPages: false, leftOut: leftOut() };
}

/** Where a page names its encoding, in the part of it that browsers search. */
const NAMED_ENCODING =
  /<\?xml[^>]*\sencoding\s*=\s*["']?([\w.:-]+)|<meta[^>]*\scharset\s*=\s*["']?\s*([\w.:-]+)|<meta[^>]*;\s*charset\s*=\s*([\w.:-]+)/i;
const SEARCHED_BYTES = 1024;

/** Decodes a page: by its byte-order mark, by the encoding that it names, or else as UTF-8. */
function decodeHtml(bytes: Uint8Array, source: string): string {
  const utf16 = utf16Of(bytes);
  if (utf16) return decodeAs(utf16, bytes, source);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, SEARCHED_BYTES));
  const [, ofXml, ofMeta, ofContent] = NAMED_ENCODING.exec(head) ?? [];
  const named = ofXml ?? ofMeta ?? ofContent;
  // A page that can be searched as Latin letters is in no UTF-16, whatever it says.
  const isUtf8 = head.startsWith('\xef\xbb\xbf') || named === undefined || /^utf-?(?:8|16)/i.test(named);
  return isUtf8 ? decodeText(bytes, source).replace(/^\uFEFF/, '') : decodeAs(named, bytes, source);
}

function decodeAs(encoding: string, bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    const what =
      error instanceof RangeError ? 'an encoding that is not known' : 'and its bytes are not in that encoding';
    throw badInput(`${source}: the page is said to be in ${encoding}, ${what}`, 'save it as UTF-8');
  }
}
