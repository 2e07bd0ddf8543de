import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Returns the version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(inPackage('package.json'), 'utf8')).version;
}

/** Returns the path of a part of the starter corpus, which ships with the package. */
export function starterCorpus(part: 'train' | 'dev' | 'test'): string {
  return fileURLToPath(inPackage(`data/starter/${part}.conll`));
}

/** Reads the English word clusters that ship with the package, in JSON as a checkpoint stores them. */
export async function readShippedClusters(): Promise<string> {
  return gunzipSync(await readFile(inPackage('data/clusters/english.json.gz'))).toString();
}

/** Returns the main file of an npm package that is installed beside the working folder or this package; undefined if none is. */
export function mainFileOf(name: string): string | undefined {
  for (const place of [pathToFileURL(resolve('package.json')), import.meta.url]) {
    try {
      return createRequire(place).resolve(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  return undefined;
}

/**
 * Returns where a settings file finds its JSON Schema: by a relative path if this package is installed in the project of the
 * file, else by the URL of the schema.
 *
 * @param file undefined if nobody knows where it will be
 */
export function placeOfSettingsSchema(file: string | undefined): string {
  const url = inPackage('dist/settings.schema.json');
  const path = fileURLToPath(url);
  const folder = file === undefined ? undefined : dirname(resolve(file));
  const [, project] = /^(.*)[\\/]node_modules[\\/]/.exec(path) ?? [];
  if (folder === undefined || project === undefined || isAbsolute(relative(project, folder))) return url.href;
  if (relative(project, folder).startsWith('..')) return url.href;
  const way = relative(folder, path).replaceAll('\\', '/');
  return way.startsWith('.') ? way : `./${way}`;
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
  return readFile(inPackage('dist/page/page.js'), 'utf8');
}

/** Reads the script of the page of `rnn explain`, which the build makes. */
export function readExplanationScript(): Promise<string> {
  return readFile(inPackage('dist/page/explain.js'), 'utf8');
}

/** Reads the script and the style sheet of the page of `rnn annotate`, which the build makes. */
export async function readAnnotationPage(): Promise<{ readonly script: string; readonly style: string }> {
  const read = (name: string): Promise<string> => readFile(inPackage(`dist/page/${name}`), 'utf8');
  return { script: await read('annotate.js'), style: await read('annotate.css') };
}

function inPackage(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
