import { stat } from 'node:fs/promises';

/** How often files are looked at, in milliseconds. */
const INTERVAL = 1000;

/**
 * Looks again and again whether files have changed: by time, size or number, since files of networks and containers tell
 * nobody. A file that changes or disappears is told of once it has stayed so from one look to the next, so that a copy is whole,
 * and one that another takes the place of is not gone.
 *
 * @param onChange is told the path of the file that changed or disappeared
 * @returns what ends it
 */
export function watchFiles(paths: readonly string[], onChange: (path: string) => void): () => void {
  const told = new Map<string, string>();
  const seen = new Map<string, string>();
  const look = async (path: string): Promise<void> => {
    const state = await stateOf(path);
    if (!told.has(path)) told.set(path, state);
    if (state !== told.get(path) && state === seen.get(path)) {
      told.set(path, state);
      onChange(path);
    }
    seen.set(path, state);
  };
  const lookAtAll = (): void => {
    for (const path of new Set(paths)) void look(path);
  };
  lookAtAll();
  const timer = setInterval(lookAtAll, INTERVAL);
  timer.unref();
  return () => clearInterval(timer);
}

/** Returns what changes when a file does; an empty text if there is none. */
async function stateOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
