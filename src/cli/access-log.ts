import type { AnsweredRequest } from '../node/answered-requests.js';
import { STANDARD_STREAM } from '../node/files.js';
import { LogFile } from '../node/log-file.js';
import { print, say } from './streams.js';

/** Where a server writes a line of JSON for each request. */
export interface AccessLog {
  readonly write: (request: AnsweredRequest) => void;
  /** Opens the file again, after it was moved away. */
  reopen(): void;
  /** Writes what waits. */
  close(): Promise<void>;
}

/** Opens a log that is added to a file, or printed for `-`. */
export function openAccessLog(path: string): AccessLog {
  if (path === STANDARD_STREAM)
    return {
      write: (request) => void print(`${JSON.stringify(logLine(request))}\n`),
      reopen: () => {},
      close: async () => {},
    };
  const file = new LogFile(path, ({ message }) => say(`warning: ${path} cannot be written: ${message}\n`));
  return {
    write: (request) => file.write(logLine(request)),
    reopen: () => file.reopen(),
    close: () => file.close(),
  };
}

/** Returns what is logged of a request: nothing of what it says, and no query. */
function logLine({ time, client, method, path, status, milliseconds }: AnsweredRequest): Record<string, unknown> {
  return {
    time: time.toISOString(),
    client: client ?? null,
    method,
    path,
    status: status ?? null,
    milliseconds: Number(milliseconds.toFixed(3)),
  };
}
