const LONGEST = 60;

/** Quotes as much of a text as a message has room for. */
export function quote(text: string): string {
  return JSON.stringify(shortened(text, LONGEST));
}

/** Returns a text, or the beginning of one that is longer than so many UTF-16 units, with an ellipsis. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
