import type { Context } from 'hono';
import { UserError } from '../errors.js';
import { type Answering, busy } from './answering.js';
import type { RequestBody } from './answering-queue.js';
import { refuse } from './guarded-app.js';

/** The requests that may begin a training: two of Label Studio, and one of INCEpTION. */
export type TrainingRequestKind = 'train' | 'webhook' | 'inception';

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

/**
 * Answers a request to train.
 *
 * @param training undefined if nobody may train
 * @param guide the guide that says how the server is made to train
 * @param accept returns the answer to a request that was taken
 */
export async function answerTraining(
  context: Context,
  answering: Answering,
  training: TrainingDoor | undefined,
  kind: TrainingRequestKind,
  guide: string,
  accept: (reply: TrainingReply) => Response,
): Promise<Response> {
  if (!training) return refuse(context, 403, 'this server does not train', `rnn help ${guide} shows how it is made to`);
  const body = await answering.receive(context);
  if (body instanceof Response) return body;
  try {
    const reply = await training.ask(kind, body);
    return reply ? accept(reply) : busy(context, 429, 'too many requests to train are being read');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Options of the command are of no use to who asks.
    return refuse(context, 400, error.message, error.hint?.includes('--') ? undefined : error.hint);
  }
}
