// Begins a build afresh: compiles the AssemblyScript kernels, once for a memory that threads share and once for one that they do not, and
// embeds both in a TypeScript module, so that Node and browsers load them without a file or a fetch. The second is a file, too, for engines
// that compile no bytes which a program gives them.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main as compile } from 'assemblyscript/asc';

const SOURCE = 'src/numerics/assembly/index.ts';
const TARGET = 'src/numerics/wasm-binary.ts';
const FILE = 'numerics/kernels.wasm';
const FLAGS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--initialMemory', '1'];
const SHARED = ['--sharedMemory', '--enable', 'threads', '--maximumMemory', '65536'];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });
const folder = mkdtempSync(join(tmpdir(), 'kernels-'));

async function build(name, flags) {
  const file = join(folder, name);
  const { error, stderr } = await compile([SOURCE, '-o', file, ...FLAGS, ...flags]);
  if (error) throw new Error(`${stderr}`, { cause: error });
  return file;
}

try {
  const shared = await build('shared.wasm', SHARED);
  const single = await build('single.wasm', []);
  for (const room of ['src', 'dist']) cpSync(single, `${room}/${FILE}`);
  writeFileSync(
    TARGET,
    `/** Built from assembly/ by the build: kernels on a memory that threads share, and on one of a single thread. */
export const SHARED_KERNELS = '${readFileSync(shared, 'base64')}';
export const SINGLE_KERNELS = '${readFileSync(single, 'base64')}';
`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
