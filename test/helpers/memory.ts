import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Folder } from './cli.js';

const WATCH = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.MEMORY_FILE, String(process.resourceUsage().maxRSS)));`;

/** Megabytes that were resident at most while `rnn` did something with a file, or refused it. */
export async function memoryOf(folder: Folder, args: readonly string[]): Promise<number> {
  const memory = folder.at('memory');
  const run = await folder.rnn(args, {
    env: { MEMORY_FILE: memory, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WATCH)}` },
  });
  expect([0, 3], run.stderr).toContain(run.exitCode);
  return Number(readFileSync(memory, 'utf8')) / 1024;
}

/** Lines of distinct words in sentences of nine, of about so many bytes. */
export function distinctWords(size: number): string {
  return Array.from({ length: size / 14 }, (_, index) => `w${index} O\n${index % 9 === 0 ? '\n' : ''}`).join('');
}
