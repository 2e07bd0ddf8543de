import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A folder of the material that may lie beside the repository, in `../shared`; undefined where it does not. */
export function sharedFolder(path: string): string | undefined {
  const folder = fileURLToPath(new URL(`../../../shared/${path}`, import.meta.url));
  return existsSync(folder) ? folder : undefined;
}
