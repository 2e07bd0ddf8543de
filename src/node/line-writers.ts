import type { TextRecord } from '../text/record.js';
import type { ModelFile } from './model-file.js';
import type { WriteTask } from './tagging-work.js';
import { ThreadPool } from './thread-pool.js';

/** Starts threads that tag records and write a line of JSON for each, as `rnn tag --to jsonl`. */
export function createLineWriters({ bytes, source }: ModelFile, size: number) {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const pool = new ThreadPool<WriteTask, Uint8Array>(
    new URL('./tagging-thread.js', import.meta.url),
    { bytes: shared, source },
    size,
  );
  return {
    size,
    run: (records: readonly TextRecord[]): Promise<Uint8Array> =>
      pool.run({ kind: 'write', records, format: 'jsonl', cutsAtSpaces: false }),
    close: (): void => pool.close(),
  };
}
