import type { Server } from 'node:http';

/** A request and how it ended. */
export interface AnsweredRequest {
  /** When its head had come. */
  readonly time: Date;
  /** The address of the client; undefined if the client had left. */
  readonly client: string | undefined;
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** Undefined if the connection was closed before the answer was sent. */
  readonly status: number | undefined;
  /** The time until the answer was sent or the connection was closed. */
  readonly milliseconds: number;
}

/** Tells of each request of an HTTP server when it has ended. */
export function watchRequests(server: Server, onAnswered: (request: AnsweredRequest) => void): void {
  server.prependListener('request', (request, answer) => {
    const time = new Date();
    const start = performance.now();
    const client = request.socket.remoteAddress;
    answer.once('close', () => {
      onAnswered({
        time,
        client,
        method: request.method ?? '',
        path: (request.url ?? '').split('?', 1)[0] ?? '',
        status: answer.writableFinished ? answer.statusCode : undefined,
        milliseconds: performance.now() - start,
      });
    });
  });
}
