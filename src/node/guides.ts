import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../data/guides/', import.meta.url);

/** Returns the names of the guides that ship with the package, sorted. */
export function guideTopics(): string[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));
  return files.map((name) => name.slice(0, -3)).sort();
}

/**
 * Returns a guide as Markdown.
 *
 * @param topic one of `guideTopics`
 */
export function readGuide(topic: string): string {
  return readFileSync(new URL(`${topic}.md`, FOLDER), 'utf8');
}
