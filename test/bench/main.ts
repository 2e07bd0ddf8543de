// npm run bench [section ...] [-- --json FILE]
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Section } from './section.js';
import { isReached, type MissingSection, type NamedFigure, renderTable, toJson } from './table.js';

const FOLDER = new URL('./sections/', import.meta.url);

/** The sections of all files; a file that fails to load is one that says so. */
async function loadSections(): Promise<Section[]> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.ts'));
  const loaded = await Promise.all(
    files.sort().map(async (file): Promise<readonly Section[]> => {
      try {
        const { sections } = (await import(new URL(file, FOLDER).href)) as { sections: readonly Section[] };
        return sections;
      } catch (error) {
        return [{ name: file.replace(/\.ts$/, ''), run: () => Promise.reject(error) }];
      }
    }),
  );
  return loaded.flat();
}

async function runSections(wanted: readonly Section[]): Promise<{ figures: NamedFigure[]; missing: MissingSection[] }> {
  const figures: NamedFigure[] = [];
  const missing: MissingSection[] = [];
  for (const { name, run } of wanted) {
    process.stderr.write(`${name} ...\n`);
    try {
      const result = await run();
      if ('skipped' in result) missing.push({ section: name, reason: `skipped: ${result.skipped}` });
      else for (const figure of result) figures.push({ section: name, ...figure });
    } catch (error) {
      missing.push({ section: name, reason: `failed: ${error instanceof Error ? error.message : error}` });
      process.exitCode = 1;
    }
  }
  return { figures, missing };
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
const sections = await loadSections();
const unknown = positionals.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0) {
  const names = sections.map(({ name }) => name).join(', ');
  process.stderr.write(`no section ${unknown.join(', ')}: there are ${names}\n`);
  process.exit(2);
}
const wanted = positionals.length > 0 ? sections.filter(({ name }) => positionals.includes(name)) : sections;
const { figures, missing } = await runSections(wanted);
process.stdout.write(renderTable(figures, missing));
if (values.json !== undefined) writeFileSync(values.json, toJson(figures, missing));
if (figures.some((figure) => isReached(figure) === false)) process.exitCode = 1;
