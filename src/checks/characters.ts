import type { FindingLog } from './findings.js';
import type { FindingKind } from './kinds.js';
import { type Part, placeOf } from './part.js';

/** C0 but the tab, DEL, C1, and the line and paragraph separators of Unicode. */
const CONTROL = '\\0-\\x08\\x0A-\\x1F\\x7F-\\x9F\\u2028\\u2029';
/**
 * Zero-width spaces, byte-order marks, soft hyphens and marks of direction. Joiners (U+200C, U+200D) are not among
 * them: Persian, Indic scripts and emoji need them.
 */
const INVISIBLE = '\\u00AD\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF';

const UNWANTED = {
  'control-character': new RegExp(`[${CONTROL}]`, 'g'),
  'invisible-character': new RegExp(`[${INVISIBLE}]`, 'g'),
} as const;
const UNWANTED_KINDS = ['control-character', 'invisible-character'] as const;

const REPLACEMENT = '\uFFFD';
const PLAIN = /^[ -~]*$/;
/** The first two characters that windows-1252 makes of one character of UTF-8, as `Ã©` of `é`. */
const GARBLED = /[\u00C2-\u00F4][^\0-\x7F]/;

/** Finds characters in tokens and tags that are not what they seem. */
export function checkCharacters({ sentences, words }: Part, log: FindingLog): void {
  const odd = oddWords(words);
  for (const sentence of sentences) {
    for (const [index, token] of sentence.tokens.entries()) {
      const tag = sentence.tags[index] as string;
      const found = PLAIN.test(tag) ? odd.get(token) : [...(odd.get(token) ?? []), ...unwantedIn(tag)];
      for (const [kind, what] of found ?? []) log.add(kind, placeOf(sentence, index, what));
    }
  }
}

type Oddity = readonly [kind: FindingKind, what: string];

/** What each word has that is not what it seems. */
function oddWords(words: ReadonlyMap<string, number>): ReadonlyMap<string, readonly Oddity[]> {
  const split = splitSpellings(words.keys());
  const odd = new Map<string, readonly Oddity[]>();
  for (const word of words.keys()) {
    if (PLAIN.test(word)) continue;
    const found = [...unwantedIn(word)];
    const meant = ungarbled(word);
    if (word.includes(REPLACEMENT)) found.push(['garbled-text', `${quoted(word)}: a character was lost`]);
    else if (meant !== undefined) found.push(['garbled-text', `${quoted(word)} for ${quoted(meant)}`]);
    if (split.has(word)) found.push(['two-spellings', quoted(word)]);
    if (found.length > 0) odd.set(word, found);
  }
  return odd;
}

function unwantedIn(field: string): Oddity[] {
  return UNWANTED_KINDS.flatMap((kind) => {
    const [found] = field.match(UNWANTED[kind]) ?? [];
    return found === undefined ? [] : [[kind, `${codePoint(found)} in ${quoted(field)}`] as const];
  });
}

/** A field without its characters of a kind; as it is where nothing would be left. */
export function withoutUnwanted(kind: keyof typeof UNWANTED, field: string): string {
  return PLAIN.test(field) ? field : field.replace(UNWANTED[kind], '') || field;
}

/** The words that are not in Unicode's form NFC while others of the same letters are. */
export function splitSpellings(words: Iterable<string>): ReadonlySet<string> {
  const known = new Set(words);
  const isSplit = (word: string): boolean => {
    const composed = word.normalize('NFC');
    return composed !== word && known.has(composed);
  };
  return new Set([...known].filter(isSplit));
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
  const escaped = (character: string): string => `\\u${hexadecimal(character)}`;
  return JSON.stringify(field)
    .replace(UNWANTED['control-character'], escaped)
    .replace(UNWANTED['invisible-character'], escaped);
}

function codePoint(character: string): string {
  return `U+${hexadecimal(character).toUpperCase()}`;
}

function hexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
