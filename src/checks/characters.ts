import { at } from '../text/at.js';
import { NumberList } from '../text/number-list.js';
import type { FindingKind, FindingLog } from './findings.js';
import { encodeWindows1252 } from './lines.js';
import { type Part, placeOf, type SentenceCheck } from './part.js';
import { firstUnseen, UNSEEN_KINDS } from './unseen.js';

const REPLACEMENT = '\uFFFD';
const PLAIN = /^[ -~]*$/;
/** The first two characters of a character of UTF-8 decoded as windows-1252, such as `Ã©` for `é`. */
const GARBLED = /[\u00C2-\u00F4][^\0-\x7F]/;

/** Finds characters in tokens and tags that are not what they seem. */
export function checkCharacters({ store, wordCounts }: Part, log: FindingLog): SentenceCheck {
  const isInPart = (word: string): boolean => wordCounts.get(store.words.find(word) ?? wordCounts.length) > 0;
  /** For each word that was met, 1 if nothing is odd about it and 2 if something is. */
  const oddness = new NumberList();
  const isOdd = (word: number, token: string): boolean => {
    if (oddness.get(word) === 0) oddness.set(word, oddities(token, isInPart).length > 0 ? 2 : 1);
    return oddness.get(word) === 2;
  };
  return {
    take(sentence) {
      for (const [index, token] of sentence.tokens.entries()) {
        const tag = at(sentence.tags, index);
        const found = [
          ...(isOdd(at(sentence.words, index), token) ? oddities(token, isInPart) : []),
          ...(PLAIN.test(tag) ? [] : unseenIn(tag)),
        ];
        for (const [kind, what] of found) log.add(kind, placeOf(sentence, index, what));
      }
    },
  };
}

type Oddity = readonly [kind: FindingKind, what: string];

/** Returns the misleading characters of a word; `isKnown` tells whether another word occurs. */
function oddities(word: string, isKnown: (word: string) => boolean): readonly Oddity[] {
  if (PLAIN.test(word)) return [];
  const found = unseenIn(word);
  const meant = ungarbled(word);
  if (word.includes(REPLACEMENT)) found.push(['garbled-text', `${JSON.stringify(word)}: a character was lost`]);
  else if (meant !== undefined) found.push(['garbled-text', `${JSON.stringify(word)} for ${JSON.stringify(meant)}`]);
  if (isSplit(word, isKnown)) found.push(['two-spellings', JSON.stringify(word)]);
  return found;
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
  return new Set([...known].filter((word) => isSplit(word, (other) => known.has(other))));
}

/** Tells whether a word is not in Unicode's form NFC although the word in that form is known. */
function isSplit(word: string, isKnown: (word: string) => boolean): boolean {
  const composed = word.normalize('NFC');
  return composed !== word && isKnown(composed);
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
