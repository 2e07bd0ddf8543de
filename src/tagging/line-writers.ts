import type { SharedModel } from '../model/shared-model.js';
import type { TextRecord } from '../text/record.js';
import { startTaggingThreads } from './threads.js';
import type { WriteTask } from './work.js';

/** Starts threads that tag records and write a line of JSON for each, as `rnn tag --to jsonl`. */
export function createLineWriters(model: SharedModel, size: number) {
  const pool = startTaggingThreads<WriteTask, Uint8Array>(model, size);
  return {
    size,
    run: (records: readonly TextRecord[]): Promise<Uint8Array> =>
      pool.run({ kind: 'write', records, format: 'jsonl', cutsAtSpaces: false }),
    close: (): void => pool.close(),
  };
}
