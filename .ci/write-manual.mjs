// Part of a build: the manual in dist/man, made from the commands, and the JSON Schema of settings files, which editors read.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createProgram } from '../dist/cli/main.js';
import { manualPages } from '../dist/cli/manual.js';
import { settingsFileSchema } from '../dist/settings/settings-file-schema.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { SOURCE_DATE_EPOCH } = process.env;
const date = SOURCE_DATE_EPOCH ? new Date(1000 * Number(SOURCE_DATE_EPOCH)) : new Date();

rmSync('dist/man', { recursive: true, force: true });
mkdirSync('dist/man');
for (const { file, text } of manualPages(await createProgram(), date)) writeFileSync(`dist/man/${file}`, text);
writeFileSync('dist/settings.schema.json', `${JSON.stringify(settingsFileSchema(), null, 2)}\n`);
