import { inflated, inflatedSize } from '../node/inflated.js';

/** A file in a ZIP archive, as the archive's directory tells it. */
export interface ZipEntry {
  readonly name: string;
  /** How it is packed: 0 for not at all, 8 for Deflate. */
  readonly method: number;
  /** The number of bytes that it takes in the archive. */
  readonly packedSize: number;
  /** The offset of its header in the archive, behind which its bytes stand. */
  readonly header: number;
}

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_SIZE = 46;
const HEADER_SIZE = 30;
const DEFLATE = 8;

/**
 * Reads the directory of a ZIP archive (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16), which stands at its end.
 *
 * @returns undefined if there is none, or it is damaged, or one of ZIP64, which archives over 4 GB need
 */
export function readZipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = viewOf(bytes);
  const end = findDirectoryEnd(view);
  if (end === undefined || isZip64(view, end)) return undefined;
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let place = view.getUint32(end + 16, true);
  // Goes on behind the count, which can be wrong too, as long as there are entries: other readers do.
  while (place + DIRECTORY_ENTRY_SIZE <= bytes.length && view.getUint32(place, true) === DIRECTORY_ENTRY) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true)) as [
      number,
      number,
      number,
    ];
    const start = place + DIRECTORY_ENTRY_SIZE;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(start, start + name)),
      method: view.getUint16(place + 10, true),
      packedSize: view.getUint32(place + 20, true),
      header: view.getUint32(place + 42, true),
    });
    place = start + name + extra + comment;
  }
  return entries.length < count ? undefined : entries;
}

/**
 * Whether the entries of an archive unpack to no more than so many bytes together. They are unpacked to find out, since the sizes
 * that the archive tells may be wrong.
 */
export function unpacksWithin(most: number, bytes: Uint8Array, entries: readonly ZipEntry[]): boolean {
  let left = most;
  for (const entry of entries) {
    left -= unpackedSize(bytes, entry, left);
    if (left < 0) return false;
  }
  return true;
}

/** Returns the number of bytes that an entry is unpacked to, infinity if they are over `most`, and 0 if it is damaged. */
function unpackedSize(bytes: Uint8Array, entry: ZipEntry, most: number): number {
  const packed = packedBytes(bytes, entry);
  if (!packed) return 0;
  return entry.method === DEFLATE ? inflatedSize(packed, most) : entry.packedSize;
}

/** Unpacks an entry; undefined if it is damaged. */
export function unpack(bytes: Uint8Array, entry: ZipEntry): Uint8Array | undefined {
  const packed = packedBytes(bytes, entry);
  return packed && entry.method === DEFLATE ? inflated(packed) : packed;
}

/** Returns the bytes of an entry as the archive holds them; undefined if they are not there. */
function packedBytes(bytes: Uint8Array, { packedSize, header }: ZipEntry): Uint8Array | undefined {
  if (header + HEADER_SIZE + packedSize > bytes.length) return undefined;
  const view = viewOf(bytes);
  const start = header + HEADER_SIZE + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  return bytes.subarray(start, start + packedSize);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function findDirectoryEnd(view: DataView): number | undefined {
  const last = view.byteLength - DIRECTORY_END_SIZE;
  for (let place = last; place >= 0 && place >= last - LONGEST_COMMENT; place--)
    if (view.getUint32(place, true) === DIRECTORY_END) return place;
  return undefined;
}

/** Whether the directory stands elsewhere, which its end says by a number or place of all ones. */
function isZip64(view: DataView, end: number): boolean {
  const isFull = [4, 6, 8, 10].some((offset) => view.getUint16(end + offset, true) === 0xffff);
  return isFull || [12, 16].some((offset) => view.getUint32(end + offset, true) === 0xffffffff);
}
