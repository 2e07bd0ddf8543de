import { readFile } from 'node:fs/promises';

/** Reads the script of the page that tags in the browser, which the build makes. */
export function readPageScript(): Promise<string> {
  return readFile(new URL('../page/page.js', import.meta.url), 'utf8');
}
