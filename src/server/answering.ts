import type { Context } from 'hono';
import type { Answer, Caller, Question, QuestionKind, RequestBody } from './answering-queue.js';
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

/** The type of answers. */
export const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

/** The most memory that bodies of requests take before they have come whole, in bytes, unless `maxRequests` need more. */
const ARRIVING = 256_000_000;

/** Takes the bodies of requests and answers them with models, within the limits of the server. */
export class Answering {
  readonly #models: ServedModels;
  readonly #limits: ServerLimits;
  readonly #onTagged: (model: string, tokens: number) => void;
  readonly #arrivals: Arrivals;
  #requests = 0;

  /** @param onTagged is told how many tokens a model has tagged for a request */
  constructor(models: ServedModels, limits: ServerLimits, onTagged: (model: string, tokens: number) => void) {
    this.#models = models;
    this.#limits = limits;
    this.#onTagged = onTagged;
    this.#arrivals = new Arrivals(Math.max(limits.maxRequests, Math.floor(ARRIVING / limits.maxBody)));
  }

  /** The number of requests that are being answered. */
  get requests(): number {
    return this.#requests;
  }

  /** Returns the body of a request, or what it is refused with. */
  async receive(context: Context): Promise<RequestBody | Response> {
    const { maxBody } = this.#limits;
    const body = await this.#arrivals.receive(readBody(context, maxBody));
    if (body === 'given up') {
      context.header('Connection', 'close');
      return busy(context, 429, 'too many requests are arriving');
    }
    return body ?? refuse(context, 413, `the body is over ${maxBody} bytes`, 'send it in parts');
  }

  /** Answers what the body of a request asks a model. */
  async answer(context: Context, model: string, kind: QuestionKind): Promise<Response> {
    const body = await this.receive(context);
    if (body instanceof Response) return body;
    const { maxRequests } = this.#limits;
    if (this.#requests >= maxRequests) return busy(context, 429, `${maxRequests} requests are being answered`);
    this.#requests++;
    try {
      return await this.#ask(context, model, { kind, body });
    } finally {
      this.#requests--;
    }
  }

  async #ask(context: Context, model: string, question: Question): Promise<Response> {
    const found = await inTime(this.#limits.timeout, (caller) => this.#models.answer(model, question, caller));
    if (!found) return busy(context, 503, 'the answer took too long', 'send less, or try again later');
    if (found.status === 200) this.#onTagged(model, found.tokens);
    return context.body(found.bytes, found.status, JSON_TYPE);
  }
}

/** Answers that a request may be repeated a little later. */
export function busy(context: Context, status: 429 | 503, error: string, hint = 'try again later'): Response {
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
