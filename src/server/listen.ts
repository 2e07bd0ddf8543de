import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { UserError } from '../errors.js';

export interface ListenOptions {
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** Seconds that a request may take to arrive. */
  readonly timeout: number;
}

export interface Listening {
  readonly url: string;
  /** Takes no more requests, answers those that it has, and ends. */
  close(): Promise<void>;
}

/** @throws UserError where the address is not to be had */
export function listen(app: Hono, { host, port, timeout }: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: app.fetch,
        hostname: host,
        port,
        serverOptions: {
          requestTimeout: 1000 * timeout,
          headersTimeout: 1000 * timeout,
          connectionsCheckingInterval: Math.min(1000, 500 * timeout),
          keepAliveTimeout: 5000,
        },
      },
      (address) => {
        const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address;
        resolve({ url: `http://${shown}:${address.port}/`, close });
      },
    );
    const close = (): Promise<void> =>
      new Promise((done) => {
        server.close(() => done());
        if ('closeIdleConnections' in server) server.closeIdleConnections();
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
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is in use',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host',
};
