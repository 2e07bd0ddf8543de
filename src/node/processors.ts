import { availableParallelism } from 'node:os';

/** Returns the number of processors that this process may use. */
export function processorCount(): number {
  return availableParallelism();
}
