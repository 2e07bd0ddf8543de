/** Returns the name of a key; the letter that stands there on an English keyboard where the script is another. */
export function nameOfKey({ key, code }: KeyboardEvent): string {
  if (key.length > 1) return key;
  if (/[a-z]/i.test(key)) return key.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (/\d/.test(key) || key === '/' || key === '?') return key;
  return digit ?? (/^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key);
}
