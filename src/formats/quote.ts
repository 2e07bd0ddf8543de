const LONGEST = 60;

/** Quotes as much of a text as a message has room for. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
