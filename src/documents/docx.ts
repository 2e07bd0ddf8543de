import { badInput, type UserError } from '../errors.js';
import { readHtml } from '../formats/html-text.js';
import { loadPackage } from '../node/optional-package.js';
import { counted } from '../text/counts.js';
import { COMPOUND_FILE, type DocumentText } from './document.js';
import { ignoredElements } from './ignored-elements.js';
import { countUnreadAlternatives } from './unread-alternatives.js';
import { readZipEntries, unpack, unpacksWithin, type ZipEntry } from './zip-entries.js';

/** The most bytes that a document may be unpacked to. */
const LARGEST_UNPACKED = 500_000_000;

/**
 * Extracts the text of a document of Word: its body with tables, text boxes and notes. Deleted text that Word still tracks is
 * left out.
 *
 * @param source the name of the file in messages
 * @throws {UserError} if the package `mammoth` is not installed, exit code 1; if the document is damaged or encrypted, exit code 3
 */
export async function readDocx(bytes: Uint8Array, source: string): Promise<DocumentText> {
  const entries = checkEntries(bytes, source);
  const { default: mammoth } = await loadPackage<{ default: typeof import('mammoth') }>('mammoth', source);
  let pictures = 0;
  const convertImage = mammoth.images.imgElement(async () => {
    pictures++;
    return { src: '' };
  });
  const { value: html, messages } = await mammoth
    .convertToHtml({ buffer: Buffer.from(bytes) }, { convertImage })
    .catch((error: Error) => {
      throw damaged(source, error.message);
    });
  return {
    text: readHtml(html.replace(LINK_BACK, ''), 'inline', source).text,
    hasPages: false,
    leftOut: [
      ...(pictures > 0 ? [counted(pictures, 'picture')] : []),
      ...ignoredElements(messages),
      ...unreadAlternatives(bytes, entries),
      ...leftOutParts(entries),
    ],
  };
}

/** The arrow from a note to its place in the text, which mammoth adds. */
const LINK_BACK = / ?<a href="#(?:foot|end)note-ref-[^"]*">↑<\/a>/g;

/** @throws {UserError} if the bytes are not those of a document, or unpack to too many, exit code 3 */
function checkEntries(bytes: Uint8Array, source: string): readonly ZipEntry[] {
  if (new TextDecoder('latin1').decode(bytes.subarray(0, COMPOUND_FILE.length)) === COMPOUND_FILE)
    throw badInput(
      `${source}: expected a DOCX, found a file of an older Word, or an encrypted one`,
      'save it as .docx, without a password',
    );
  const entries = readZipEntries(bytes);
  if (!entries) throw damaged(source, 'it is no ZIP archive');
  if (!entries.some(({ name }) => /^word\/document\d*\.xml$/.test(name)))
    throw badInput(`${source}: expected a DOCX, found a ZIP archive without a document of Word in it`);
  if (!unpacksWithin(LARGEST_UNPACKED, bytes, entries))
    throw badInput(`${source}: the DOCX unpacks to more than can be read (over 500 MB)`);
  return entries;
}

/** Parts of a document whose text is read. */
const READ_PARTS = /^word\/(?:document\d*|footnotes\d*|endnotes\d*)\.xml$/;

function unreadAlternatives(bytes: Uint8Array, entries: readonly ZipEntry[]): string[] {
  const parts = entries.filter(({ name }) => READ_PARTS.test(name)).map((entry) => unpack(bytes, entry));
  const count = parts.reduce((sum, part) => sum + countUnreadAlternatives(new TextDecoder().decode(part)), 0);
  return count > 0 ? [`${counted(count, 'part')} for newer programs (mc:AlternateContent)`] : [];
}

/** Parts of a document whose text is not read. */
const UNREAD_PARTS: readonly (readonly [string, RegExp])[] = [
  ['page headers', /^word\/header\d*\.xml$/],
  ['page footers', /^word\/footer\d*\.xml$/],
  ['comments', /^word\/comments\.xml$/],
  ['charts', /^word\/charts\/chart\w*\.xml$/],
  ['SmartArt', /^word\/diagrams\/data\d*\.xml$/],
  ['embedded objects', /^word\/embeddings\/./],
];

function leftOutParts(entries: readonly ZipEntry[]): string[] {
  return UNREAD_PARTS.filter(([, part]) => entries.some(({ name }) => part.test(name))).map(([what]) => what);
}

function damaged(source: string, reason: string): UserError {
  return badInput(
    `${source}: expected a DOCX, found what is none, or is damaged (${reason})`,
    'does a word processor open it?',
  );
}
