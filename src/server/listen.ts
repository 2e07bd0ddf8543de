import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../errors.js';
import { type AnsweredRequest, watchRequests } from '../node/answered-requests.js';
import { Draining } from '../node/draining.js';

/** Maximum number of connections that wait to be accepted; the system may allow fewer. */
const BACKLOG = 4096;

/** Maximum time that a connection stays open without a request, in seconds. */
const IDLE = 60;

export interface ListenOptions {
  readonly host: string;
  /** Port to listen on; 0 for any free one. */
  readonly port: number;
  /** Maximum time for a request to arrive, in seconds. */
  readonly timeout: number;
  /** Is told of each request when it has ended. */
  readonly onAnswered?: ((request: AnsweredRequest) => void) | undefined;
}

export interface Listening {
  readonly url: string;
  /**
   * Stops accepting connections, answers the requests that have come, and ends.
   *
   * @returns whether all of them were answered, none given up because it took too long
   */
  close(): Promise<boolean>;
}

/**
 * Starts a server.
 *
 * @throws {UserError} if it cannot listen on the address
 */
export function listen(app: Hono, { host, port, timeout, onAnswered }: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createAdaptorServer({
      fetch: app.fetch,
      hostname: 'localhost', // for requests that name no host, as those of HTTP/1.0 may
      serverOptions: {
        requestTimeout: 1000 * timeout,
        headersTimeout: 1000 * timeout,
        connectionsCheckingInterval: Math.min(1000, 500 * timeout),
        keepAliveTimeout: 1000 * IDLE,
      },
    });
    if (!('closeIdleConnections' in server)) throw new Error('this is a server of HTTP/2');
    if (onAnswered) watchRequests(server, onAnswered);
    const draining = new Draining(server);
    // A request has this time to arrive, and then again until its answer.
    const close = (): Promise<boolean> => draining.drain(2 * timeout + 1);
    server.on('error', (error: Error & { code?: string }) => {
      const reason = REASONS[error.code ?? ''] ?? error.message;
      reject(
        new UserError(`cannot listen on ${host}, port ${port}: ${reason}`, {
          hint: 'try --port 0, or another --host',
          cause: error,
        }),
      );
    });
    server.listen({ host, port, backlog: BACKLOG }, () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') return;
      const shown = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
      resolve({ url: `http://${shown}:${bound.port}/`, close });
    });
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine does not have this address',
  ENOTFOUND: 'no such host',
};
