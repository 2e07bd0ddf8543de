import type { MiddlewareHandler } from 'hono';
import { inceptionPathOf } from './inception-routes.js';
import { isPathOfLabelStudio } from './label-studio-routes.js';

/** A request of an annotation tool that was refused, or could not be answered. */
export interface Refusal {
  /** The name of the tool. */
  readonly tool: string;
  /** The path as the description of the API has it. */
  readonly path: string;
  readonly error: string;
}

/** Creates what tells of all answers to annotation tools that are refusals or failures; it has to see requests before the guard. */
export function createRefusalObserver(onRefused: (refusal: Refusal) => void): MiddlewareHandler {
  return async (context, next) => {
    await next();
    if (context.res.status < 400) return;
    const { path } = context.req;
    const ofInception = inceptionPathOf(path);
    if (ofInception === undefined && !isPathOfLabelStudio(path)) return;
    const { error } = (await context.res.clone().json()) as { readonly error: string };
    onRefused({ tool: ofInception ? 'INCEpTION' : 'Label Studio', path: ofInception ?? path, error });
  };
}
