/** A file in a ZIP archive, as the archive's directory tells it. */
export interface ZipEntry {
  readonly name: string;
  /** The number of bytes that it is unpacked to. */
  readonly size: number;
}

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_SIZE = 22;
const LONGEST_COMMENT = 65_535;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_SIZE = 46;

/**
 * Reads the directory of a ZIP archive (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16), which stands at its end.
 *
 * @returns undefined if there is none, or it is damaged
 */
export function readZipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findDirectoryEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let place = view.getUint32(end + 16, true);
  while (entries.length < count) {
    if (place + DIRECTORY_ENTRY_SIZE > bytes.length || view.getUint32(place, true) !== DIRECTORY_ENTRY)
      return undefined;
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(place + offset, true)) as [
      number,
      number,
      number,
    ];
    const start = place + DIRECTORY_ENTRY_SIZE;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(start, start + name)),
      size: view.getUint32(place + 24, true),
    });
    place = start + name + extra + comment;
  }
  return entries;
}

function findDirectoryEnd(view: DataView): number | undefined {
  const last = view.byteLength - DIRECTORY_END_SIZE;
  for (let place = last; place >= 0 && place >= last - LONGEST_COMMENT; place--)
    if (view.getUint32(place, true) === DIRECTORY_END) return place;
  return undefined;
}
