import type { Hono, MiddlewareHandler } from 'hono';
import { UserError } from '../errors.js';
import { type Answering, busy } from './answering.js';
import type { RequestBody } from './answering-queue.js';
import { refuse } from './guarded-app.js';
import type { ServedModels } from './served-models.js';

/** The requests of Label Studio that may begin a training. */
export type TrainingRequestKind = 'train' | 'webhook';

/** What came of a request to train: the number of the training, or the event of a webhook that changes nothing. */
export type TrainingReply = { readonly job: string } | { readonly ignored: string };

/** Begins trainings. */
export interface TrainingDoor {
  /**
   * Begins a training, or promises one after that which goes on.
   *
   * @returns undefined if too many requests are being read
   * @throws {UserError} if the request is not as it should be
   */
  ask(kind: TrainingRequestKind, body: RequestBody): Promise<TrainingReply | undefined>;
}

export interface LabelStudioOptions {
  /** Undefined if nobody may train. */
  readonly training: TrainingDoor | undefined;
  /** Is told of each request that is refused, by the guard too: Label Studio shows nobody the reason. */
  readonly onRefused?: ((path: string, error: string) => void) | undefined;
}

/** The requests of Label Studio, which are all sent by POST. */
export const LABEL_STUDIO_PATHS = ['/setup', '/predict', '/train', '/webhook'] as const;

const PATHS: ReadonlySet<string> = new Set(LABEL_STUDIO_PATHS);

/** Creates what tells of all answers to Label Studio that are refusals or failures; it has to see requests before the guard. */
export function createRefusalObserver(onRefused: NonNullable<LabelStudioOptions['onRefused']>): MiddlewareHandler {
  return async (context, next) => {
    await next();
    if (context.res.status < 400 || !PATHS.has(context.req.path)) return;
    const { error } = (await context.res.clone().json()) as { readonly error: string };
    onRefused(context.req.path, error);
  };
}

/**
 * Adds what Label Studio asks of an ML backend, beside `GET /health`
 * (https://github.com/HumanSignal/label-studio-ml-backend). The first model answers.
 */
export function addLabelStudioRoutes(
  app: Hono,
  models: ServedModels,
  answering: Answering,
  { training }: Pick<LabelStudioOptions, 'training'>,
): void {
  for (const path of LABEL_STUDIO_PATHS)
    app.post(path, (context, next) => {
      // No page of another origin can send this type without asking first.
      if (context.req.header('Content-Type')?.startsWith('application/json')) return next();
      return Promise.resolve(refuse(context, 415, 'expected Content-Type: application/json'));
    });
  for (const kind of ['setup', 'predict'] as const)
    app.post(`/${kind}`, (context) => answering.answer(context, models.first, kind));
  for (const kind of ['train', 'webhook'] as const)
    app.post(`/${kind}`, async (context) => {
      if (!training)
        return refuse(context, 403, 'this server does not train', 'rnn help label-studio shows how it is made to');
      const body = await answering.receive(context);
      if (body instanceof Response) return body;
      try {
        const reply = await training.ask(kind, body);
        if (!reply) return busy(context, 429, 'too many requests to train are being read');
        return context.json(reply, 'job' in reply ? 201 : 200);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // Options of the command are of no use to who asks.
        return refuse(context, 400, error.message, error.hint?.includes('--') ? undefined : error.hint);
      }
    });
}
