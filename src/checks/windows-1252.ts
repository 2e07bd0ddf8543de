/** The characters of the bytes 0x80 to 0x9F; every other byte means the code point of its value. */
const MIDDLE = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const FIRST = 0x80;

const CHARACTERS = Array.from({ length: 256 }, (_, byte) => MIDDLE[byte - FIRST] ?? String.fromCharCode(byte));
const BYTES: ReadonlyMap<string, number> = new Map(CHARACTERS.map((character, byte) => [character, byte]));

/**
 * Decodes windows-1252 as the WHATWG's Encoding Standard defines it. The TextDecoder of some versions of Node.js decodes the
 * bytes from 0x80 to 0x9F as control characters instead.
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += CHARACTERS[byte];
  return text;
}

/** Encodes text as windows-1252; returns undefined if a character has no byte. */
export function encodeWindows1252(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = BYTES.get(character);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
