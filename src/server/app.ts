import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { badInput, type UserError } from '../errors.js';
import { readFieldRecord, readFieldRecords } from '../formats/field-records.js';
import type { InputRecord } from '../text/record.js';
import type { Access } from './access.js';
import { Arrivals } from './arrivals.js';
import { createGuardedApp, refuse, refuseOtherMethods } from './guarded-app.js';
import type { Caller, TaggingQueue } from './tagging-queue.js';

export interface ServerLimits {
  /** Maximum size of a request's body in bytes. */
  readonly maxBody: number;
  /** Maximum time from the end of a request to its answer, in seconds. */
  readonly timeout: number;
  /** Maximum number of requests that are being answered. */
  readonly maxRequests: number;
}

export interface AppOptions extends ServerLimits, Access {
  /** The page, its script and its checkpoint. */
  readonly page: { readonly html: string; readonly script: string; readonly model: Uint8Array<ArrayBuffer> };
  /** Further fields of the answer to `GET /health`. */
  readonly about: Readonly<Record<string, unknown>>;
  /** Receives unexpected errors, which are bugs; each is answered with status 500. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** The most memory that bodies of requests take before they have come whole, in bytes, unless `maxRequests` need more. */
const ARRIVING = 256_000_000;

/** Lets the page run its own script and fetch its own model, but nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** What a body may hold. */
const BODIES = 'send {"text": "..."} or {"tokens": ["...", "..."]}, or a list of these';

/** Returns the hint of a mistake in a body; one that names an option of the command is of no use to who asks. */
function hintFor({ hint }: UserError): string | undefined {
  return hint?.includes('--') ? BODIES : hint;
}

/** Creates the HTTP application that answers requests. */
export function createApp(queue: TaggingQueue, options: AppOptions): Hono {
  const { maxBody, timeout, maxRequests, allowOrigin, page, about } = options;
  const arrivals = new Arrivals(Math.max(maxRequests, Math.floor(ARRIVING / maxBody)));
  let requests = 0;
  const app = createGuardedApp({
    access: options,
    usage: 'try POST /tag, GET /health or GET /',
    hintFor,
    onFailure: options.onFailure,
  });
  if (allowOrigin !== undefined)
    app.use(cors({ origin: allowOrigin, allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'] }));

  const tooLarge = (context: Context): Response =>
    refuse(context, 413, `the body is over ${maxBody} bytes`, 'send it in parts');
  const limitBody = bodyLimit({ maxSize: maxBody, onError: tooLarge });
  const readBody = async (context: Context): Promise<ArrayBuffer | Response> => {
    const length = context.req.header('Content-Length');
    if (length !== undefined) return Number(length) > maxBody ? tooLarge(context) : context.req.arrayBuffer();
    // The middleware reads the body as a stream, which costs more than all the rest: use it for unknown lengths only.
    return (await limitBody(context, async () => {})) ?? context.req.arrayBuffer();
  };
  const busy = (context: Context, status: 429 | 503, error: string, hint = 'try again later'): Response => {
    context.header('Retry-After', '1');
    return refuse(context, status, error, hint);
  };
  const answer = async (context: Context, body: ArrayBuffer): Promise<Response> => {
    const request = readTagRequest(body);
    if (request.records.length === 0) return context.body('[]\n', 200, JSON_TYPE);
    const lines = await inTime(timeout, (caller) => queue.tag(request.records, caller));
    if (lines !== undefined) return context.body(writeTagAnswer(lines, request), 200, JSON_TYPE);
    return busy(context, 503, 'the answer took too long', 'send less, or try again later');
  };
  app.post('/tag', async (context) => {
    const body = await arrivals.receive(readBody(context));
    if (body instanceof Response) return body;
    if (body === undefined) {
      context.header('Connection', 'close');
      return busy(context, 429, 'too many requests are arriving');
    }
    if (requests >= maxRequests) return busy(context, 429, `${maxRequests} requests are being answered`);
    requests++;
    try {
      return await answer(context, body);
    } finally {
      requests--;
    }
  });
  app.get('/health', (context) => context.json({ status: 'ok', requests, ...about }));
  app.get('/', (context) => context.html(page.html, 200, { 'Content-Security-Policy': POLICY }));
  app.get('/tagger.js', (context) =>
    context.body(page.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/model.json', (context) => context.body(page.model, 200, JSON_TYPE));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  refuseOtherMethods(app, {
    '/tag': 'POST',
    ...Object.fromEntries(['/health', '/', '/tagger.js', '/model.json'].map((path) => [path, 'GET, HEAD'])),
  });
  return app;
}

/** Returns the result of the work, or undefined if it takes longer than the given number of seconds. */
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
    result.catch(() => {}); // reported by the race, unless it comes too late
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The records that a request wants tagged. */
export interface TagRequest {
  readonly records: readonly InputRecord[];
  /** Whether they came as a list, and the answer is one. */
  readonly isList: boolean;
}

/**
 * Reads the body of a request: a record as in `rnn tag --from jsonl`, or a list of records.
 *
 * @throws {UserError} if it is neither
 */
export function readTagRequest(body: ArrayBuffer): TagRequest {
  const text = decode(body);
  if (!/^\s*\[/.test(text)) return { records: [readFieldRecord(text, 'body')], isList: false };
  return { records: readFieldRecords(text, 'body'), isList: true };
}

/** Returns the body of the answer. */
export function writeTagAnswer(lines: readonly string[], { isList }: TagRequest): string {
  return isList ? `[${lines.join(',')}]\n` : `${lines.join('')}\n`;
}

function decode(body: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    if (cause instanceof TypeError) throw badInput('body: expected UTF-8, found other bytes', 'send JSON in UTF-8');
    throw cause;
  }
}
