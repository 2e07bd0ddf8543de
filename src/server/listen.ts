import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../errors.js';

/** The number of connections that may wait to be accepted, if the system allows so many. */
const BACKLOG = 4096;

/** The seconds that a connection may wait for its next request. */
const IDLE = 60;

export interface ListenOptions {
  readonly host: string;
  /** The port; 0 for any that is free. */
  readonly port: number;
  /** The seconds that a request may take to arrive. */
  readonly timeout: number;
}

export interface Listening {
  readonly url: string;
  /** Takes no more requests, answers those that have come, and ends. */
  close(): Promise<void>;
}

/**
 * Serves an application at an address.
 *
 * @throws UserError if the address cannot be listened on
 */
export function listen(app: Hono, { host, port, timeout }: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = createAdaptorServer({
      fetch: app.fetch,
      serverOptions: {
        requestTimeout: 1000 * timeout,
        headersTimeout: 1000 * timeout,
        connectionsCheckingInterval: Math.min(1000, 500 * timeout),
        keepAliveTimeout: 1000 * IDLE,
      },
    });
    const close = (): Promise<void> =>
      new Promise((done) => {
        if (!('closeIdleConnections' in server)) return done();
        // A connection becomes idle when its answer is written; one on which a request never ends is cut.
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        const late = setTimeout(() => server.closeAllConnections(), 1000 * timeout);
        server.close(() => {
          clearInterval(idle);
          clearTimeout(late);
          done();
        });
      });
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
  EADDRINUSE: 'it is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host',
};
