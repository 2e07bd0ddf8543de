import { type ResourceLimits, Worker } from 'node:worker_threads';

/**
 * Starts a thread. Under a runner of TypeScript, as in tests, the thread first registers what reads TypeScript.
 *
 * @param module what it runs, as `new URL('./name.js', import.meta.url)`
 * @param data what it finds as `workerData`
 * @param resourceLimits the limits of its memory
 */
export function createThread(module: URL, data: unknown, resourceLimits: ResourceLimits): Worker {
  const options = { workerData: data, resourceLimits };
  if (!import.meta.url.endsWith('.ts')) return new Worker(module, options);
  // Node 20 does not heed `--import tsx` for a worker.
  const source = JSON.stringify(module.href.replace(/\.js$/, '.ts'));
  const script = `import('tsx/esm/api').then(({ register }) => { register(); return import(${source}); });`;
  return new Worker(script, { ...options, eval: true });
}
