/** C0 except the tab and NUL, which is an error of its own; DEL; C1; and the line and paragraph separators of Unicode. */
const CONTROL = '\\x01-\\x08\\x0A-\\x1F\\x7F-\\x9F\\u2028\\u2029';
/**
 * Zero-width spaces, byte-order marks, soft hyphens and direction marks. Joiners (U+200C, U+200D) are not included, since
 * Persian, Indic scripts and emoji need them.
 */
const INVISIBLE = '\\u00AD\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF';

/** Characters that are invisible in a token or tag, and unwanted there. */
const UNSEEN = {
  'control-character': new RegExp(`[${CONTROL}]`, 'g'),
  'invisible-character': new RegExp(`[${INVISIBLE}]`, 'g'),
} as const;
const ALL_UNSEEN = new RegExp(`[\\0${CONTROL}${INVISIBLE}]`, 'g');

export type UnseenKind = keyof typeof UNSEEN;
export const UNSEEN_KINDS = Object.keys(UNSEEN) as UnseenKind[];

/** Returns the first character of a kind, written as in `U+200B`; undefined if there is none. */
export function firstUnseen(kind: UnseenKind, field: string): string | undefined {
  const [found] = field.match(UNSEEN[kind]) ?? [];
  return found && `U+${hexadecimal(found).toUpperCase()}`;
}

/** Returns a field without the characters of a kind, or unchanged if nothing would be left. */
export function withoutUnseen(kind: UnseenKind, field: string): string {
  return field.replace(UNSEEN[kind], '') || field;
}

/** Returns a text for display, with escapes such as `\u200b` instead of characters that are invisible or move the cursor. */
export function showUnseen(text: string): string {
  return text.replace(ALL_UNSEEN, (character) => `\\u${hexadecimal(character)}`);
}

function hexadecimal(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
