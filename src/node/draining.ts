import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** How long a connection without a request stays open while the server drains, in milliseconds. */
const GRACE = 1000;

/** How often connections without a request are looked for after that, in milliseconds. */
const INTERVAL = 50;

/** Lets an HTTP server answer what has come before it ends. */
export class Draining {
  readonly #server: Server;
  readonly #answers = new Set<ServerResponse>();
  #isDraining = false;

  /** @param server one that has had no request yet */
  constructor(server: Server) {
    this.#server = server;
    server.prependListener('request', (_, answer) => {
      answer.shouldKeepAlive &&= !this.#isDraining;
      this.#answers.add(answer);
      answer.once('close', () => this.#answers.delete(answer));
    });
  }

  /**
   * Accepts no further connection, answers what comes on those that are open, and ends. Each answer tells its client to
   * close the connection. Connections without a request stay open for a while, since a request may be on its way on any
   * of them, which would be reset.
   *
   * @param patience maximum time until all connections are closed, in seconds
   * @returns whether all connections were closed within that time, with their requests answered
   */
  async drain(patience: number): Promise<boolean> {
    this.#isDraining = true;
    for (const answer of this.#answers) answer.shouldKeepAlive = false;
    // Connections that wait to be accepted would be reset: two turns of the event loop accept them.
    await setImmediate();
    await setImmediate();
    const server = this.#server;
    return new Promise((resolve) => {
      let isInTime = true;
      let idle: NodeJS.Timeout | undefined;
      const grace = setTimeout(() => {
        idle = setInterval(() => server.closeIdleConnections(), INTERVAL);
      }, GRACE);
      const late = setTimeout(() => {
        isInTime = false;
        server.closeAllConnections();
      }, 1000 * patience);
      const end = (): void => {
        for (const timer of [grace, idle, late]) clearTimeout(timer);
        resolve(isInTime);
      };
      // The method of HTTP servers closes connections without a request at once; Bun's servers have no other.
      if (server instanceof NetServer) NetServer.prototype.close.call(server, end);
      else (server as Server).close(end);
    });
  }
}
