import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Another program that answers each line it is sent with a line of JSON, and rests in between. */
export class PeerProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  constructor(program: string, arguments_: readonly string[]) {
    this.#child = spawn(program, arguments_, { stdio: ['pipe', 'pipe', 'inherit'] });
    // Whoever asks learns that it ended, and why stands on stderr.
    this.#child.on('error', () => {});
    this.#child.stdin.on('error', () => {});
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Sends a command and waits for its answer. */
  async ask<Answer>(command: string): Promise<Answer> {
    this.#child.stdin.write(`${command}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`the peer ended without an answer to: ${command}`);
    return JSON.parse(value) as Answer;
  }

  /** Ends the program. */
  close(): void {
    this.#child.stdin.end();
  }
}
