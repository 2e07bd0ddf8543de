/** A labelled piece of a text, in UTF-16 units, `end` exclusive. */
export interface LabelledPiece {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Where the tokens of annotators stand in the text that they were cut from. Tokens that are not in it, as the two of a
 * contraction that the annotators split (`do` into `de o`), all stand where the piece of text does that lies between
 * their neighbours: a span that begins or ends with one of them begins or ends with the whole piece, and all of them
 * together are one token. So no tokenizer of raw text is blamed for not splitting what only annotators can.
 *
 * @throws Error where the text cannot be that of the tokens
 */
export function placeTokens(
  text: string,
  tokens: readonly string[],
): { readonly start: number; readonly end: number }[] {
  const places: { start: number; end: number }[] = [];
  let position = 0;
  const skipSpace = (): void => {
    while (/\s/u.test(text[position] ?? '')) position++;
  };
  for (let index = 0; index < tokens.length; ) {
    skipSpace();
    const token = tokens[index] as string;
    const after = position + token.length;
    const goesOn = /\p{L}/u.test(text[after] ?? '') && !text.startsWith(tokens[index + 1] ?? '', after);
    if (text.startsWith(token, position) && !goesOn) {
      places.push({ start: position, end: after });
      position = after;
      index++;
      continue;
    }
    const start = position;
    let next = index + 1;
    while (next < tokens.length && text.indexOf(tokens[next] as string, start + 1) !== endOfWord(text, start)) next++;
    position = next < tokens.length ? endOfWord(text, start) : text.trimEnd().length;
    const end = text.slice(start, position).trimEnd().length + start;
    if (end === start) throw new Error(`no token of ${JSON.stringify(tokens.slice(index, next))} is in the text`);
    for (; index < next; index++) places.push({ start, end });
  }
  return places;
}

/** Where the word that begins at an offset ends, and the white space behind it. */
function endOfWord(text: string, start: number): number {
  const match = /^[\p{L}\p{M}\p{N}'’-]+\s*/u.exec(text.slice(start));
  return start + (match?.[0].length ?? 1);
}

/** F1 of labelled pieces against gold ones, sentence by sentence, from 0 to 1; equal pieces of a sentence are one. */
export function pieceF1(
  pairs: readonly { readonly gold: readonly LabelledPiece[]; readonly found: readonly LabelledPiece[] }[],
): number {
  let gold = 0;
  let found = 0;
  let right = 0;
  const keys = (pieces: readonly LabelledPiece[]): Set<string> =>
    new Set(pieces.map(({ label, start, end }) => `${start} ${end} ${label}`));
  for (const pair of pairs) {
    const goldKeys = keys(pair.gold);
    const foundKeys = keys(pair.found);
    gold += goldKeys.size;
    found += foundKeys.size;
    for (const key of foundKeys) if (goldKeys.has(key)) right++;
  }
  return gold + found === 0 ? 0 : (2 * right) / (gold + found);
}
