import type { Context, Hono } from 'hono';
import type { Answering } from './answering.js';
import { refuse, takeOnlyJson } from './guarded-app.js';
import type { ServedModels } from './served-models.js';
import { answerTraining, type TrainingDoor } from './training-door.js';

/** The requests of INCEpTION, which are all sent by POST, as routes have them. */
export const INCEPTION_PATHS = [
  '/inception/predict',
  '/inception/train',
  '/inception/:model/predict',
  '/inception/:model/train',
] as const;

/** Returns the path of a request of INCEpTION with `{model}` in the place of a name; undefined if it is none. */
export function inceptionPathOf(path: string): string | undefined {
  const [, model, action] = /^\/inception(\/[^/]+)?\/(predict|train)$/.exec(path) ?? [];
  return action && `/inception${model === undefined ? '' : '/{model}'}/${action}`;
}

/**
 * Adds what INCEpTION asks of an external recommender
 * (https://inception-project.github.io/releases/latest/docs/developer-guide.html#_external_recommender). The remote URL of a
 * recommender is `/inception` for the first model, or `/inception/NAME`.
 */
export function addInceptionRoutes(
  app: Hono,
  models: ServedModels,
  answering: Answering,
  training: TrainingDoor | undefined,
): void {
  takeOnlyJson(app, INCEPTION_PATHS);
  const refuseUnknown = (context: Context): Response =>
    refuse(context, 404, 'no model of this name', `the models are: ${models.names.join(', ')}`);
  const answer = (context: Context, model: string): Promise<Response> | Response =>
    models.find(model) ? answering.answer(context, model, 'inception') : refuseUnknown(context);
  const train = (context: Context, model: string): Promise<Response> | Response => {
    if (!models.find(model)) return refuseUnknown(context);
    return model === models.first
      ? answerTraining(context, answering, training, 'inception', 'inception', () => context.body(null, 204))
      : refuse(context, 403, 'only the first model learns', `its name is ${models.first}`);
  };
  app.post('/inception/predict', (context) => answer(context, models.first));
  app.post('/inception/train', (context) => train(context, models.first));
  app.post('/inception/:model/predict', (context) => answer(context, context.req.param('model')));
  app.post('/inception/:model/train', (context) => train(context, context.req.param('model')));
}
