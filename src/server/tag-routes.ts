import type { Context, Hono } from 'hono';
import type { Answer, Caller, RequestBody } from './answering-queue.js';
import { Arrivals } from './arrivals.js';
import { refuse } from './guarded-app.js';
import { readBody } from './request-body.js';
import type { ServedModels } from './served-models.js';

export interface ServerLimits {
  /** Maximum size of a request's body in bytes. */
  readonly maxBody: number;
  /** Maximum time from the end of a request to its answer, in seconds. */
  readonly timeout: number;
  /** Maximum number of requests that are being answered. */
  readonly maxRequests: number;
}

/** Requests to tag. */
export interface TagRoutes {
  /** Returns the number of requests that are being answered. */
  requests(): number;
}

/** The type of answers. */
export const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** The most memory that bodies of requests take before they have come whole, in bytes, unless `maxRequests` need more. */
const ARRIVING = 256_000_000;

/**
 * Adds `POST /tag`, which the first model answers, and `POST /tag/NAME`.
 *
 * @param onTagged is told how many tokens a model has tagged for a request
 */
export function addTagRoutes(
  app: Hono,
  models: ServedModels,
  { maxBody, timeout, maxRequests }: ServerLimits,
  onTagged: (model: string, tokens: number) => void,
): TagRoutes {
  const arrivals = new Arrivals(Math.max(maxRequests, Math.floor(ARRIVING / maxBody)));
  let requests = 0;
  const answer = async (context: Context, model: string, body: RequestBody): Promise<Response> => {
    const found = await inTime(timeout, (caller) => models.answer(model, body, caller));
    if (!found) return busy(context, 503, 'the answer took too long', 'send less, or try again later');
    if (found.status === 200) onTagged(model, found.tokens);
    return context.body(found.bytes, found.status, JSON_TYPE);
  };
  const tag = async (context: Context, model: string): Promise<Response> => {
    const [parameter] = Object.keys(context.req.query());
    if (parameter !== undefined)
      return refuse(
        context,
        400,
        `the address has a parameter ${JSON.stringify(parameter)}, and none is read`,
        'put it into the record, as in {"text": "...", "minConfidence": 0.5}',
      );
    const body = await arrivals.receive(readBody(context, maxBody));
    if (body === 'given up') {
      context.header('Connection', 'close');
      return busy(context, 429, 'too many requests are arriving');
    }
    if (!body) return refuse(context, 413, `the body is over ${maxBody} bytes`, 'send it in parts');
    if (requests >= maxRequests) return busy(context, 429, `${maxRequests} requests are being answered`);
    requests++;
    try {
      return await answer(context, model, body);
    } finally {
      requests--;
    }
  };
  app.post('/tag', (context) => tag(context, models.first));
  app.post('/tag/:model', (context) => {
    const name = context.req.param('model');
    if (models.find(name)) return tag(context, name);
    return refuse(context, 404, 'no model of this name', `the models are: ${models.names.join(', ')}`);
  });
  return { requests: () => requests };
}

function busy(context: Context, status: 429 | 503, error: string, hint = 'try again later'): Response {
  context.header('Retry-After', '1');
  return refuse(context, status, error, hint);
}

/** Returns the answer, or undefined if it takes longer than the given number of seconds. */
async function inTime(
  seconds: number,
  ask: (caller: Caller) => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const caller = { isGone: false, deadline: Date.now() + 1000 * seconds };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      caller.isGone = true;
      resolve(undefined);
    }, 1000 * seconds);
  });
  try {
    const answer = ask(caller);
    answer.catch(() => {}); // reported by the race, unless it comes too late
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
