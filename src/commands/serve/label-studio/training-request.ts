import { badInput } from '../../../errors.js';
import { asList, asObject, field, isObject } from '../../../formats/json-fields.js';
import { parseJson } from '../../../formats/json-values.js';
import { readLabellingConfiguration, type SpanLabelling } from '../../../formats/label-studio-configuration.js';
import type { RequestBody } from '../../../server/answering-queue.js';
import { PLACE, textOf } from '../request-text.js';
import { corpusOfTasks, type TaskCorpus } from './tasks.js';

/** What a model learns from: the tasks of a request, or those of a project, which Label Studio is asked for. */
export type TaskSource = TaskCorpus | { readonly project: number };

/** What a request is about: a training, or an event that changes no annotation. */
export type TrainingRequest = TaskSource | { readonly ignored: string };

/** The event of a person who asks for a training. */
const START = 'START_TRAINING';

/** The events after which annotations are others, or a person asks for a training. */
const TRAINING_EVENTS: ReadonlySet<string> = new Set([
  START,
  'ANNOTATION_CREATED',
  'ANNOTATIONS_CREATED',
  'ANNOTATION_UPDATED',
  'ANNOTATIONS_DELETED',
]);

/**
 * Reads a request to train. `/train` brings the tasks along; the events of webhooks, which Label Studio sends for all that happens,
 * name the project alone.
 *
 * @param canAsk whether Label Studio can be asked for the tasks of a project
 * @throws {UserError} if it is not as Label Studio sends it, the tasks have no text, or nobody has them
 */
export function readTrainingRequest(kind: 'train' | 'webhook', body: RequestBody, canAsk: boolean): TrainingRequest {
  const request = asObject(parseJson(textOf(body), PLACE), 'the request', PLACE);
  if (kind === 'webhook') {
    const event = field(request, 'action');
    if (typeof event !== 'string') throw badInput(`${PLACE}: expected the event as "action"`, 'Label Studio sends it');
    if (!TRAINING_EVENTS.has(event) || (!canAsk && event !== START)) return { ignored: event.slice(0, 100) };
    if (canAsk) return { project: idOfProject(field(request, 'project')) };
    throw badInput(
      'the request brings no annotations, and this server does not ask Label Studio for them',
      'rnn help label-studio shows how it is made to',
    );
  }
  const tasks = asList(field(request, 'annotations') ?? [], '"annotations"', PLACE);
  if (tasks.length === 0) throw badInput(`${PLACE}: no task has an annotation`, 'annotate some first');
  const configuration = field(request, 'label_config');
  return corpusOfTasks(tasks, readLabelling(configuration, PLACE), PLACE);
}

/** @throws {UserError} if there is no labelling configuration, or it labels no spans of a text */
export function readLabelling(configuration: unknown, place: string): SpanLabelling {
  if (typeof configuration !== 'string')
    throw badInput(`${place}: expected the labelling configuration as "label_config"`, 'Label Studio sends it');
  return readLabellingConfiguration(configuration, '"label_config"');
}

function idOfProject(project: unknown): number {
  const id = isObject(project) ? field(project, 'id') : project;
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id;
  throw badInput(`${PLACE}: expected the number of the project as "id" of "project"`, 'Label Studio sends it');
}
