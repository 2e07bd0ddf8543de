/** What the bytes 0x80 to 0x9F mean; all others mean the code point of their number. */
const MIDDLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST = 0x80;

const CHARACTERS = Array.from({ length: 256 }, (_, byte) => MIDDLE[byte - FIRST] ?? String.fromCharCode(byte));
const BYTES: ReadonlyMap<string, number> = new Map(CHARACTERS.map((character, byte) => [character, byte]));

/**
 * Bytes read as windows-1252, as the WHATWG's Encoding Standard has it. Node's TextDecoder reads them so in some
 * versions only; others read the bytes from 0x80 to 0x9F as control characters.
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += CHARACTERS[byte];
  return text;
}

/** The inverse; undefined where a character has no byte. */
export function encodeWindows1252(text: string): Uint8Array | undefined {
  const bytes = [...text].map((character) => BYTES.get(character));
  return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes as number[]);
}
