import { readFile } from 'node:fs/promises';

/** The script of the page that tags in the browser, as the build has made it. */
export function readPageScript(): Promise<string> {
  return readFile(new URL('../page/page.js', import.meta.url), 'utf8');
}
