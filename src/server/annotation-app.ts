import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { AnnotationService } from '../annotation/service.js';
import { badUsage } from '../errors.js';
import type { Access } from './access.js';
import { createGuardedApp, refuse, refuseOtherMethods } from './guarded-app.js';

export interface AnnotationAppOptions extends Access {
  /** The page, its script and its style sheet. */
  readonly page: { readonly html: string; readonly script: string; readonly style: string };
  /** Receives unexpected errors, which are bugs; each is answered with status 500. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/** Lets the page run its own script and ask its own server, but nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The largest body, in bytes: the decision about a sentence of a hundred thousand entities. */
const LARGEST_BODY = 8_000_000;

/** How many decided sentences are listed at once at most. */
const MOST_LISTED = 500;

const decisionSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  answer: z.enum(['accept', 'skip']),
  spans: z.array(
    z.strictObject({
      label: z.string().regex(/\S/, 'a label has a name'),
      start: z.int().min(0),
      end: z.int().min(1),
    }),
  ),
  note: z.string().max(100_000).optional(),
});

/** Creates the HTTP application behind the page of `rnn annotate`. */
export function createAnnotationApp(service: AnnotationService, options: AnnotationAppOptions): Hono {
  const { page } = options;
  const app = createGuardedApp({ access: options, usage: 'try GET /', onFailure: options.onFailure });
  // No page of another origin can send this type without asking first.
  app.use(async (context, next) => {
    if (context.req.method !== 'POST' || context.req.header('Content-Type')?.startsWith('application/json'))
      return next();
    return refuse(context, 415, 'expected Content-Type: application/json');
  });
  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: (context) => refuse(context, 413, `the body is over ${LARGEST_BODY} bytes`),
    }),
  );
  app.get('/', (context) => context.html(page.html, 200, { 'Content-Security-Policy': POLICY }));
  app.get('/annotate.js', (context) =>
    context.body(page.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/annotate.css', (context) => context.body(page.style, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.get('/current', async (context) => context.json(await service.current()));
  app.get('/overview', (context) => context.json(service.overview()));
  app.get('/done', (context) => {
    const { from, most, search } = context.req.query();
    return context.json(service.done(numberOf(from, 0), Math.min(MOST_LISTED, numberOf(most, 100)), search ?? ''));
  });
  app.post('/find', async (context) => {
    const { id } = parse(z.strictObject({ id: decisionSchema.shape.id }), await readJson(context.req));
    return context.json(await service.find(id));
  });
  app.post('/decide', async (context) => {
    return context.json(await service.decide(parse(decisionSchema, await readJson(context.req))));
  });
  app.post('/undo', async (context) => context.json(await service.undo()));
  app.post('/remove-label', async (context) => {
    const { label } = parse(z.strictObject({ label: z.string() }), await readJson(context.req));
    return context.json(service.removeLabel(label));
  });
  app.post('/model', async (context) => context.json(await service.saveModel()));
  const gets = ['/', '/annotate.js', '/annotate.css', '/current', '/overview', '/done'];
  refuseOtherMethods(app, {
    ...Object.fromEntries(gets.map((path) => [path, 'GET, HEAD'])),
    ...Object.fromEntries(['/find', '/decide', '/undo', '/remove-label', '/model'].map((path) => [path, 'POST'])),
  });
  return app;
}

/** @throws {UserError} if the body is no JSON */
async function readJson(request: { text(): Promise<string> }): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    throw badUsage('expected a body of JSON');
  }
}

/** @throws {UserError} if a value is not as the schema wants it */
function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badUsage(z.prettifyError(parsed.error));
  return parsed.data;
}

function numberOf(text: string | undefined, other: number): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : other;
}
