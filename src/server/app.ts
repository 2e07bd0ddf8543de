import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { UserError } from '../errors.js';
import { readTagRequest, writeTagAnswer } from './tag-request.js';
import type { Caller, TaggingQueue } from './tagging-queue.js';

export interface ServerLimits {
  /** The size of the largest request body, in bytes. */
  readonly maxBody: number;
  /** The seconds from the end of a request to its answer. */
  readonly timeout: number;
  /** The number of requests that may be read or wait for their answer at the same time. */
  readonly maxRequests: number;
}

export interface AppOptions extends ServerLimits {
  /** The origin whose pages may read answers, `*` for all; by default only the server's own. */
  readonly allowOrigin?: string | undefined;
  /** The page, its script and the checkpoint that it loads. */
  readonly page: { readonly html: string; readonly script: string; readonly model: Uint8Array<ArrayBuffer> };
  /** What `GET /health` tells beside the state. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Is told of errors that are bugs, each of which is answered 500. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

const TOO_LATE = new UserError('the answer took too long', { hint: 'send less, or try again later' });

/** Allows the page to run its own script and to fetch its own model, and nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Makes the application that answers requests. */
export function createApp(queue: TaggingQueue, options: AppOptions): Hono {
  const { maxBody, timeout, maxRequests, allowOrigin, page, about } = options;
  let requests = 0;
  const app = new Hono();
  app.onError((error, context) => {
    if (error instanceof UserError) return refuse(context, 400, error.message, error.hint);
    // A client that goes away while it sends is no bug, and nobody reads the answer.
    if (!context.req.raw.signal.aborted) options.onFailure?.(error);
    return refuse(context, 500, 'internal error');
  });
  app.notFound((context) =>
    refuse(context, 404, `nothing at ${new URL(context.req.url).pathname}`, 'try POST /tag, GET /health or GET /'),
  );
  app.use(async (context, next) => {
    if (!isAllowed(context, allowOrigin))
      return refuse(context, 403, 'other origins are not allowed', '--allow-origin allows them');
    context.header('X-Content-Type-Options', 'nosniff');
    return next();
  });
  if (allowOrigin !== undefined)
    app.use(cors({ origin: allowOrigin, allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'] }));

  const tooLarge = (context: Context): Response =>
    refuse(context, 413, `the body is over ${maxBody} bytes`, 'send it in parts');
  const limitBody = bodyLimit({ maxSize: maxBody, onError: tooLarge });
  app.post(
    '/tag',
    async (context, next) => {
      if (requests >= maxRequests) {
        context.header('Retry-After', '1');
        return refuse(context, 429, `${maxRequests} requests are being answered`, 'try again later');
      }
      requests++;
      try {
        await next();
      } finally {
        requests--;
      }
      return undefined;
    },
    (context, next) => {
      const length = context.req.header('Content-Length');
      // The middleware reads a stream, which takes longer than all the rest: it is used only if there is no length.
      if (length === undefined) return limitBody(context, next);
      return Number(length) > maxBody ? Promise.resolve(tooLarge(context)) : next();
    },
    async (context) => {
      const request = readTagRequest(await context.req.arrayBuffer());
      if (request.records.length === 0) return context.body('[]\n', 200, JSON_TYPE);
      const lines = await inTime(timeout, (caller) => queue.tag(request.records, caller));
      if (lines !== undefined) return context.body(writeTagAnswer(lines, request), 200, JSON_TYPE);
      context.header('Retry-After', '1');
      return refuse(context, 503, TOO_LATE.message, TOO_LATE.hint);
    },
  );
  app.get('/health', (context) => context.json({ status: 'ok', requests, ...about }));
  app.get('/', (context) => context.html(page.html, 200, { 'Content-Security-Policy': POLICY }));
  app.get('/tagger.js', (context) =>
    context.body(page.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/model.json', (context) => context.body(page.model, 200, JSON_TYPE));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  for (const [path, methods] of [
    ['/tag', 'POST'],
    ...['/health', '/', '/tagger.js', '/model.json'].map((each) => [each, 'GET, HEAD']),
  ] as const)
    app.all(path as string, (context) => {
      context.header('Allow', methods);
      return refuse(context, 405, `${path} takes ${methods}`);
    });
  return app;
}

/** Returns what the work returns, or undefined if it takes longer than a number of seconds. */
async function inTime<Result>(seconds: number, work: (caller: Caller) => Promise<Result>): Promise<Result | undefined> {
  const caller = { isGone: false };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      caller.isGone = true;
      resolve(undefined);
    }, 1000 * seconds);
  });
  try {
    const result = work(caller);
    result.catch(() => {}); // the race throws it, unless it comes too late
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Returns whether a request comes from no page, from the server's own page, or from a page of an allowed origin. */
function isAllowed({ req }: Context, allowOrigin: string | undefined): boolean {
  const origin = req.header('Origin');
  if (origin === undefined || allowOrigin === '*' || origin === allowOrigin) return true;
  return origin.replace(/^https?:\/\//, '') === req.header('Host');
}

function refuse(
  context: Context,
  status: 400 | 403 | 404 | 405 | 413 | 429 | 500 | 503,
  error: string,
  hint?: string,
): Response {
  return context.json({ error, ...(hint !== undefined && { hint }) }, status);
}
