import type { Context, Hono } from 'hono';
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
  /** Is told of requests that are refused: Label Studio shows nobody the reason. */
  readonly onRefused?: ((path: string, error: string) => void) | undefined;
}

/** The requests of Label Studio, which are all sent by POST. */
export const LABEL_STUDIO_PATHS = ['/setup', '/predict', '/train', '/webhook'] as const;

/**
 * Adds what Label Studio asks of an ML backend, beside `GET /health`
 * (https://github.com/HumanSignal/label-studio-ml-backend). The first model answers.
 */
export function addLabelStudioRoutes(
  app: Hono,
  models: ServedModels,
  answering: Answering,
  { training, onRefused = () => {} }: LabelStudioOptions,
): void {
  const refuseAs = (context: Context, status: 400 | 403 | 415, error: string, hint?: string): Response => {
    onRefused(context.req.path, error);
    return refuse(context, status, error, hint);
  };
  for (const path of LABEL_STUDIO_PATHS)
    app.post(path, (context, next) => {
      // No page of another origin can send this type without asking first.
      if (context.req.header('Content-Type')?.startsWith('application/json')) return next();
      return Promise.resolve(refuseAs(context, 415, 'expected Content-Type: application/json'));
    });
  for (const kind of ['setup', 'predict'] as const)
    app.post(`/${kind}`, (context) =>
      answering.answer(context, models.first, kind, (error) => onRefused(`/${kind}`, error)),
    );
  for (const kind of ['train', 'webhook'] as const)
    app.post(`/${kind}`, async (context) => {
      if (!training)
        return refuseAs(context, 403, 'this server does not train', 'rnn help label-studio shows how it is made to');
      const body = await answering.receive(context);
      if (body instanceof Response) return body;
      try {
        const reply = await training.ask(kind, body);
        if (!reply) return busy(context, 429, 'too many requests to train are being read');
        return context.json(reply, 'job' in reply ? 201 : 200);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // Options of the command are of no use to who asks.
        return refuseAs(context, 400, error.message, error.hint?.includes('--') ? undefined : error.hint);
      }
    });
}
