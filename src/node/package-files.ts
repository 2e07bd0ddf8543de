import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Returns the version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(inPackage('package.json'), 'utf8')).version;
}

/** Returns the path of a part of the starter corpus, which ships with the package. */
export function starterCorpus(part: 'train' | 'dev' | 'test'): string {
  return fileURLToPath(inPackage(`data/starter/${part}.conll`));
}

/** Returns the names of the guides that ship with the package, sorted. */
export function guideTopics(): string[] {
  const files = readdirSync(inPackage('data/guides/')).filter((name) => name.endsWith('.md'));
  return files.map((name) => name.slice(0, -3)).sort();
}

/** Returns the guide to one of `guideTopics` as Markdown. */
export function readGuide(topic: string): string {
  return readFileSync(inPackage(`data/guides/${topic}.md`), 'utf8');
}

/** Reads the script of the page that tags in the browser, which the build makes. */
export function readPageScript(): Promise<string> {
  return readFile(new URL('../page/page.js', import.meta.url), 'utf8');
}

function inPackage(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
