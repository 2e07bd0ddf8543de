import type { FindingLog } from './findings.js';
import type { FindingKind } from './kinds.js';
import { type Part, type PlacedSentence, placeOf } from './part.js';

/** C0 but the tab, DEL, C1, and the line and paragraph separators of Unicode. */
const CONTROL = '\\0-\\x08\\x0A-\\x1F\\x7F-\\x9F\\u2028\\u2029';
/**
 * Zero-width spaces, byte-order marks, soft hyphens and marks of direction. Joiners (U+200C, U+200D) are not among
 * them: Persian, Indic scripts and emoji need them.
 */
const INVISIBLE = '\\u00AD\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF';

const UNWANTED: readonly (readonly [FindingKind, RegExp])[] = [
  ['control-character', new RegExp(`[${CONTROL}]`)],
  ['invisible-character', new RegExp(`[${INVISIBLE}]`)],
];
const ALL_UNWANTED = new RegExp(`[${CONTROL}${INVISIBLE}]`, 'g');

const REPLACEMENT = '\uFFFD';
const PLAIN = /^[ -~]*$/;
/** The first two characters that windows-1252 makes of one character of UTF-8, as `Ã©` of `é`. */
const GARBLED = /[\u00C2-\u00F4][^\0-\x7F]/;

/** Finds characters in tokens and tags that are not what they seem. */
export function checkCharacters({ sentences }: Part, log: FindingLog): void {
  const split = splitSpellings(sentences);
  for (const sentence of sentences) {
    for (const [index, token] of sentence.tokens.entries()) {
      const add = (kind: FindingKind, what: string): void => log.add(kind, placeOf(sentence, index, what));
      const tag = sentence.tags[index] as string;
      for (const field of [token, tag]) {
        if (PLAIN.test(field)) continue;
        for (const [kind, pattern] of UNWANTED) {
          const found = pattern.exec(field);
          if (found) add(kind, `${codePoint(found[0])} in ${quoted(field)}`);
        }
      }
      if (PLAIN.test(token)) continue;
      const meant = ungarbled(token);
      if (token.includes(REPLACEMENT)) add('garbled-text', `${quoted(token)}: a character was lost`);
      else if (meant !== undefined) add('garbled-text', `${quoted(token)} for ${quoted(meant)}`);
      if (split.has(token)) add('two-spellings', quoted(token));
    }
  }
}

/** A field without control characters and without what nobody sees. */
export function withoutUnwanted(field: string): string {
  return PLAIN.test(field) ? field : field.replace(ALL_UNWANTED, '');
}

/** The tokens that are not in Unicode's form NFC while others of the same letters are. */
export function splitSpellings(sentences: readonly PlacedSentence[]): ReadonlySet<string> {
  const tokens = new Set<string>();
  for (const sentence of sentences) for (const token of sentence.tokens) if (!PLAIN.test(token)) tokens.add(token);
  const isSplit = (token: string): boolean => {
    const composed = token.normalize('NFC');
    return composed !== token && tokens.has(composed);
  };
  return new Set([...tokens].filter(isSplit));
}

/** The byte that windows-1252 has for a character. */
const WINDOWS_BYTES: ReadonlyMap<string, number> = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
    (character, byte) => [character, byte],
  ),
);

/** What a token was before UTF-8 was taken for windows-1252; undefined where it does not look so. */
function ungarbled(token: string): string | undefined {
  if (!GARBLED.test(token)) return undefined;
  const bytes = [...token].map((character) => WINDOWS_BYTES.get(character));
  if (bytes.includes(undefined)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[]));
  } catch {
    return undefined;
  }
}

/** Quoted, with what nobody sees written as escapes. */
function quoted(field: string): string {
  return JSON.stringify(field).replace(ALL_UNWANTED, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
