import { at } from '../text/at.js';
import type { FindingKind, FindingLog } from './findings.js';
import { encodeWindows1252 } from './lines.js';
import { type Part, placeOf } from './part.js';
import { firstUnseen, UNSEEN_KINDS } from './unseen.js';

const REPLACEMENT = '\uFFFD';
const PLAIN = /^[ -~]*$/;
/** The first two characters of a character of UTF-8 decoded as windows-1252, such as `Ã©` for `é`. */
const GARBLED = /[\u00C2-\u00F4][^\0-\x7F]/;

/** Finds characters in tokens and tags that are not what they seem. */
export function checkCharacters({ sentences, words }: Part, log: FindingLog): void {
  const odd = oddWords(words);
  for (const sentence of sentences) {
    for (const [index, token] of sentence.tokens.entries()) {
      const tag = at(sentence.tags, index);
      const found = PLAIN.test(tag) ? odd.get(token) : [...(odd.get(token) ?? []), ...unseenIn(tag)];
      for (const [kind, what] of found ?? []) log.add(kind, placeOf(sentence, index, what));
    }
  }
}

type Oddity = readonly [kind: FindingKind, what: string];

/** Returns the words with misleading characters, and what is odd about each. */
function oddWords(words: ReadonlyMap<string, number>): ReadonlyMap<string, readonly Oddity[]> {
  const split = splitSpellings(words.keys());
  const odd = new Map<string, readonly Oddity[]>();
  for (const word of words.keys()) {
    if (PLAIN.test(word)) continue;
    const found = [...unseenIn(word)];
    const meant = ungarbled(word);
    if (word.includes(REPLACEMENT)) found.push(['garbled-text', `${JSON.stringify(word)}: a character was lost`]);
    else if (meant !== undefined) found.push(['garbled-text', `${JSON.stringify(word)} for ${JSON.stringify(meant)}`]);
    if (split.has(word)) found.push(['two-spellings', JSON.stringify(word)]);
    if (found.length > 0) odd.set(word, found);
  }
  return odd;
}

function unseenIn(field: string): Oddity[] {
  return UNSEEN_KINDS.flatMap((kind) => {
    const found = firstUnseen(kind, field);
    return found === undefined ? [] : [[kind, `${found} in ${JSON.stringify(field)}`] as const];
  });
}

/** Returns the words that are not in Unicode's form NFC although the words in that form also occur. */
export function splitSpellings(words: Iterable<string>): ReadonlySet<string> {
  const known = new Set(words);
  const isSplit = (word: string): boolean => {
    const composed = word.normalize('NFC');
    return composed !== word && known.has(composed);
  };
  return new Set([...known].filter(isSplit));
}

/** Returns the token before its UTF-8 was decoded as windows-1252; undefined if it was not. */
function ungarbled(token: string): string | undefined {
  if (!GARBLED.test(token)) return undefined;
  const bytes = encodeWindows1252(token);
  try {
    return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
