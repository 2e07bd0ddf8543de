import type { InputRecord } from '../text/record.js';

/** Sees records before they are tagged, and reports at the end what the format of the results cannot hold. */
export interface RecordWatch {
  /** @param line the record's line in the file of that name */
  see(record: InputRecord, source: string, line: number): void;
  end(): void;
}

/** Makes one watch of several, or of none. */
export function joinWatches(watches: readonly (RecordWatch | undefined)[]): RecordWatch {
  const joined = watches.filter((watch) => watch !== undefined);
  return {
    see(record, source, line) {
      for (const watch of joined) watch.see(record, source, line);
    },
    end() {
      for (const watch of joined) watch.end();
    },
  };
}
