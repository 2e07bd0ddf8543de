import { createWriteStream, type WriteStream } from 'node:fs';

/** The most that waits to be written, in bytes; lines that come then are counted and left out. */
const MOST_WAITING = 16_000_000;

/** A file that lines are added to, and that may be moved away and opened anew. */
export class LogFile {
  readonly #path: string;
  readonly #onError: (error: Error) => void;
  #stream: WriteStream;
  #leftOut = 0;

  /** @param onError is told once each time the file cannot be written; later lines are lost until it is opened again */
  constructor(path: string, onError: (error: Error) => void) {
    this.#path = path;
    this.#onError = onError;
    this.#stream = this.#open();
  }

  /** Adds a line of JSON. Where the disk is too slow, lines are left out, and the next one that is written says how many. */
  write(line: Readonly<Record<string, unknown>>): void {
    if (this.#stream.writableLength > MOST_WAITING) {
      this.#leftOut++;
      return;
    }
    const told = this.#leftOut > 0 ? { ...line, leftOutBefore: this.#leftOut } : line;
    this.#leftOut = 0;
    this.#stream.write(`${JSON.stringify(told)}\n`);
  }

  /** Opens the file again, so that one that was moved away gets no further lines. */
  reopen(): void {
    this.#stream.end();
    this.#stream = this.#open();
  }

  /** Writes what waits, and closes the file. */
  close(): Promise<void> {
    const stream = this.#stream;
    if (this.#leftOut > 0) stream.write(`${JSON.stringify({ leftOutBefore: this.#leftOut })}\n`);
    return new Promise((resolve) => {
      if (stream.closed || stream.destroyed) resolve();
      else stream.once('close', resolve).end();
    });
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: 'a' });
    stream.on('error', this.#onError);
    return stream;
  }
}
