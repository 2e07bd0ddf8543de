import { parseJson } from '../model/checkpoint-content.js';
import { decodeText } from './files.js';

const OPENING = '"data":"';
const QUOTE = 0x22;

/** Fewest bytes of a text that stays as bytes. */
const SHORTEST_TEXT = 1000;

/**
 * Parses the JSON of a checkpoint, in which base64 of numbers stays as bytes: nearly all of a checkpoint is base64, and
 * strings of it would take longer than all else, and several times its memory.
 *
 * @throws UserError if the bytes are no JSON, exit code 3
 */
export function parseCheckpoint(bytes: Uint8Array, source: string): unknown {
  const { rest, texts } = takeNumbers(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  try {
    const json: unknown = JSON.parse(decodeText(rest, source));
    putBack(json, texts);
    return json;
  } catch {
    return parseJson(decodeText(bytes, source), source); // says where in the file
  }
}

/** Takes the texts of numbers out, and puts marks in their places. */
function takeNumbers(bytes: Buffer): { readonly rest: Buffer; readonly texts: ReadonlyMap<string, Uint8Array> } {
  const texts = new Map<string, Uint8Array>();
  const pieces: Buffer[] = [];
  let taken = 0;
  for (let at = bytes.indexOf(OPENING); at >= 0; ) {
    const start = at + OPENING.length;
    const end = bytes.indexOf(QUOTE, start);
    if (end - start >= SHORTEST_TEXT) {
      const mark = `(${texts.size})`; // no base64
      texts.set(mark, bytes.subarray(start, end));
      pieces.push(bytes.subarray(taken, start), Buffer.from(mark));
      taken = end;
    }
    at = bytes.indexOf(OPENING, Math.max(start, end));
  }
  return { rest: Buffer.concat([...pieces, bytes.subarray(taken)]), texts };
}

/** Puts the texts back where their marks stand. */
function putBack(json: unknown, texts: ReadonlyMap<string, Uint8Array>): void {
  if (typeof json !== 'object' || json === null) return;
  if (Array.isArray(json) && typeof json[0] === 'string') return; // words
  for (const [key, value] of Object.entries(json)) {
    const text = key === 'data' && typeof value === 'string' ? texts.get(value) : undefined;
    if (text) (json as Record<string, unknown>)[key] = text;
    else putBack(value, texts);
  }
}
