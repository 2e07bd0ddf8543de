import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { ExitCode, UserError } from '../errors.js';
import { type Access, isAllowedOrigin, isOwnHost } from './access.js';

export interface GuardOptions {
  readonly access: Access;
  /** What to try where nothing is. */
  readonly usage: string;
  /** Sees each request before it is refused or answered, and what came of it. */
  readonly observe?: MiddlewareHandler | undefined;
  /** Receives unexpected errors, which are bugs; each is answered with status 500. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/** Options of the command are of no use to who asks: they are told of those who started it. */
const WHO_ALLOWS = 'rnn help operations shows how the server is made to allow it';

/** Creates an HTTP application that answers only requests which may come to it, and mistakes and errors as JSON. */
export function createGuardedApp({ access, usage, observe, onFailure }: GuardOptions): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    if (error instanceof UserError) {
      // What failed here, such as a full disk, is no mistake of the request.
      const status = error.exitCode === ExitCode.failed ? 500 : 400;
      return refuse(context, status, error.message, error.hint);
    }
    // A client that disconnects while sending is not an error, and nobody reads the answer.
    if (!context.req.raw.signal.aborted) onFailure?.(error);
    return refuse(context, 500, 'internal error');
  });
  app.notFound((context) => refuse(context, 404, `nothing at ${new URL(context.req.url).pathname}`, usage));
  if (observe) app.use(observe);
  app.use(async (context, next) => {
    const [host, origin] = [context.req.header('Host'), context.req.header('Origin')];
    if (!isOwnHost(host, access)) return refuse(context, 403, `${host} is no name of this server`, WHO_ALLOWS);
    if (!isAllowedOrigin(origin, host, access))
      return refuse(context, 403, 'other origins are not allowed', WHO_ALLOWS);
    context.header('X-Content-Type-Options', 'nosniff');
    return next();
  });
  return app;
}

/** Refuses what is sent to paths without saying that it is JSON: no page of another origin can send this type without asking first. */
export function takeOnlyJson(app: Hono, paths: readonly string[]): void {
  for (const path of paths)
    app.post(path, (context, next) => {
      if (context.req.header('Content-Type')?.startsWith('application/json')) return next();
      return Promise.resolve(refuse(context, 415, 'expected Content-Type: application/json'));
    });
}

/** Answers requests of other methods than those that the paths accept, and names a path as the description of the API has it. */
export function refuseOtherMethods(app: Hono, methodsOf: Readonly<Record<string, string>>): void {
  for (const [path, methods] of Object.entries(methodsOf))
    app.all(path, (context) => {
      context.header('Allow', methods);
      return refuse(context, 405, `${path.replace(':model', '{model}')} accepts ${methods}`);
    });
}

/** Answers that a request is refused. */
export function refuse(
  context: Context,
  status: 400 | 403 | 404 | 405 | 413 | 415 | 429 | 500 | 503 | 507,
  error: string,
  hint?: string,
): Response {
  return context.json({ error, ...(hint !== undefined && { hint }) }, status);
}
