import type { Hono } from 'hono';
import type { Answering } from './answering.js';
import { takeOnlyJson } from './guarded-app.js';
import type { ServedModels } from './served-models.js';
import { answerTraining, type TrainingDoor } from './training-door.js';

/** The requests of Label Studio, which are all sent by POST. */
export const LABEL_STUDIO_PATHS = ['/setup', '/predict', '/train', '/webhook'] as const;

const PATHS: ReadonlySet<string> = new Set(LABEL_STUDIO_PATHS);

export function isPathOfLabelStudio(path: string): boolean {
  return PATHS.has(path);
}

/**
 * Adds what Label Studio asks of an ML backend, beside `GET /health`
 * (https://github.com/HumanSignal/label-studio-ml-backend). The first model answers.
 */
export function addLabelStudioRoutes(
  app: Hono,
  models: ServedModels,
  answering: Answering,
  training: TrainingDoor | undefined,
): void {
  takeOnlyJson(app, LABEL_STUDIO_PATHS);
  for (const kind of ['setup', 'predict'] as const)
    app.post(`/${kind}`, (context) => answering.answer(context, models.first, kind));
  for (const kind of ['train', 'webhook'] as const)
    app.post(`/${kind}`, (context) =>
      answerTraining(context, answering, training, kind, 'label-studio', (reply) =>
        context.json(reply, 'job' in reply ? 201 : 200),
      ),
    );
}
