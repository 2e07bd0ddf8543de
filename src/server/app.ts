import type { Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Access, allowsAll } from './access.js';
import { Answering, JSON_TYPE, type ServerLimits } from './answering.js';
import { describeApi } from './api-description.js';
import { createGuardedApp, refuse, refuseOtherMethods } from './guarded-app.js';
import { addInceptionRoutes, INCEPTION_PATHS } from './inception-routes.js';
import { addLabelStudioRoutes, LABEL_STUDIO_PATHS } from './label-studio-routes.js';
import type { ServerMetrics } from './metrics.js';
import type { Health, Readiness } from './protocol.js';
import { createRefusalObserver, type Refusal } from './refusals.js';
import type { ServedModels } from './served-models.js';
import { addTagRoutes } from './tag-routes.js';
import type { TrainingDoor } from './training-door.js';

export interface AppOptions extends ServerLimits, Access {
  /** Undefined if nobody may train. */
  readonly training: TrainingDoor | undefined;
  /** Is told of each request of an annotation tool that is refused, by the guard too: such tools hardly show the reason. */
  readonly onRefused?: ((refusal: Refusal) => void) | undefined;
  /** The page and its script. */
  readonly page: { readonly html: string; readonly script: string };
  /** The version of the package. */
  readonly version: string;
  readonly metrics: ServerMetrics;
  /** Tells whether the server answers what has come, and ends. */
  readonly isEnding: () => boolean;
  /** Receives unexpected errors, which are bugs; each is answered with status 500. */
  readonly onFailure?: ((error: Error) => void) | undefined;
}

/** Lets the page run its own script and fetch its own model, but nothing else. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Creates the HTTP application that answers requests. */
export function createApp(models: ServedModels, options: AppOptions): Hono {
  const app = createGuardedApp({
    access: options,
    usage: 'try POST /tag, GET /openapi.json or GET /',
    observe: options.onRefused && createRefusalObserver(options.onRefused),
    onFailure: options.onFailure,
  });
  const { allowOrigin = [], metrics } = options;
  if (allowOrigin.length > 0)
    app.use(
      cors({
        origin: allowsAll(options) ? '*' : [...allowOrigin],
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['Content-Type'],
      }),
    );
  const answering = new Answering(models, options, (model, tokens) => metrics.countTokens(model, tokens));
  addTagRoutes(app, models, answering);
  addLabelStudioRoutes(app, models, answering, options.training);
  addInceptionRoutes(app, models, answering, options.training);
  addOperatorRoutes(app, models, options, answering);
  addPageRoutes(app, models, options);
  refuseOtherMethods(app, {
    '/tag': 'POST',
    '/tag/:model': 'POST',
    ...Object.fromEntries([...LABEL_STUDIO_PATHS, ...INCEPTION_PATHS].map((path) => [path, 'POST'])),
    ...Object.fromEntries(
      ['/health', '/ready', '/metrics', '/openapi.json', '/', '/tagger.js', '/model.json'].map((path) => [
        path,
        'GET, HEAD',
      ]),
    ),
  });
  return app;
}

/** Adds what tells programs whether the server is well, what it does, and what it can be asked. */
function addOperatorRoutes(
  app: Hono,
  models: ServedModels,
  { version, metrics, isEnding }: AppOptions,
  answering: Answering,
): void {
  app.get('/health', (context) => {
    const about = models.list().map(([name, model]) => ({ name, ...model.about }));
    return context.json({ status: 'ok', version, requests: answering.requests, models: about } satisfies Health);
  });
  app.get('/ready', (context) => {
    const hasStarted = models.list().every(([, { queue }]) => queue.isReady);
    const status = isEnding() ? 'ending' : hasStarted ? 'ready' : 'starting';
    return context.json({ status } satisfies Readiness, status === 'ready' ? 200 : 503);
  });
  app.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
  );
  app.get('/openapi.json', (context) => context.json(describeApi(models.names, version)));
}

/** Adds the page that tags in the browser, with the first model or the one that `?model=NAME` names. */
function addPageRoutes(app: Hono, models: ServedModels, { page }: AppOptions): void {
  app.get('/', (context) => context.html(page.html, 200, { 'Content-Security-Policy': POLICY }));
  app.get('/tagger.js', (context) =>
    context.body(page.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/model.json', (context) => {
    const model = models.find(context.req.query('model') ?? models.first);
    if (model) return context.body(model.file, 200, JSON_TYPE);
    return refuse(context, 404, 'no model of this name', `the models are: ${models.names.join(', ')}`);
  });
  app.get('/favicon.ico', (context) => context.body(null, 204));
}
