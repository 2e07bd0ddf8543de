import type { Context, Hono } from 'hono';
import type { Answering } from './answering.js';
import { refuse } from './guarded-app.js';
import type { ServedModels } from './served-models.js';

/** Adds `POST /tag`, which the first model answers, and `POST /tag/NAME`. */
export function addTagRoutes(app: Hono, models: ServedModels, answering: Answering): void {
  const tag = async (context: Context, model: string): Promise<Response> => {
    const [parameter] = Object.keys(context.req.query());
    if (parameter === undefined) return answering.answer(context, model, 'tag');
    return refuse(
      context,
      400,
      `the address has a parameter ${JSON.stringify(parameter)}, and none is read`,
      'put it into the record, as in {"text": "...", "minConfidence": 0.5}',
    );
  };
  app.post('/tag', (context) => tag(context, models.first));
  app.post('/tag/:model', (context) => {
    const name = context.req.param('model');
    if (models.find(name)) return tag(context, name);
    return refuse(context, 404, 'no model of this name', `the models are: ${models.names.join(', ')}`);
  });
}
