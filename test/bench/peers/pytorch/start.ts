import { fileURLToPath } from 'node:url';
import { PeerProcess } from '../peer-process.js';
import { preparePython } from '../venv.js';

/**
 * Starts PyTorch on the workload that stands in a folder; installs it first where needed.
 *
 * @returns the peer, which `peer.py` describes, or why there is none
 */
export async function startPyTorch(folder: string): Promise<PeerProcess | { readonly skipped: string }> {
  const found = await preparePython('pytorch', new URL('requirements.txt', import.meta.url));
  if ('skipped' in found) return found;
  return new PeerProcess(found.python, ['-B', fileURLToPath(new URL('peer.py', import.meta.url)), folder]);
}
