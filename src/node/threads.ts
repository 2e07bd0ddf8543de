import { once } from 'node:events';
import { type ResourceLimits, Worker } from 'node:worker_threads';

/** Starts a thread as `createThread` does, and waits for its first message, which says that it is ready. */
export async function startThread(module: URL, data: unknown, resourceLimits: ResourceLimits = {}): Promise<Worker> {
  const worker = createThread(module, data, resourceLimits);
  await once(worker, 'message');
  return worker;
}

/**
 * Starts a thread; from source, as tests run, it first needs what reads TypeScript.
 *
 * @param module what it runs, as `new URL('./name.js', import.meta.url)`
 * @param data what it finds as `workerData`
 * @param resourceLimits what its memory may be
 */
export function createThread(module: URL, data: unknown, resourceLimits: ResourceLimits = {}): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(module, { workerData: data, resourceLimits });
  const source = module.href.replace(/\.js$/, '.ts');
  return new Worker(importingTypeScript(source), { eval: true, workerData: data, resourceLimits });
}

/** A script that imports a module of TypeScript; Node 20 does not heed `--import tsx` for a worker. */
function importingTypeScript(url: string): string {
  return `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(url)}); });`;
}
