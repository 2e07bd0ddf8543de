/** Returns the flag of a setting: `--fold-digits` for `foldDigits`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
