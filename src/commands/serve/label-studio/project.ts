import { UserError } from '../../../errors.js';
import { asList, asObject, field, isObject } from '../../../formats/json-fields.js';
import { corpusOfTasks, type TaskCorpus } from './tasks.js';
import { readLabelling } from './training-request.js';

/** Where Label Studio is, and what opens its API. */
export interface LabelStudioAccess {
  readonly url: string;
  /** A personal access token, or a legacy token. It stands in no message. */
  readonly token: string;
}

/** The longest time that Label Studio may take for an answer, in milliseconds. */
const PATIENCE = 100_000;

/**
 * Asks Label Studio for the annotated tasks of a project (https://api.labelstud.io).
 *
 * @throws {UserError} if it does not give them, or they cannot be read
 */
export async function fetchTasks(access: LabelStudioAccess, project: number): Promise<TaskCorpus> {
  const headers = headersOf(await authorizationFor(access));
  const get = (path: string): Promise<unknown> => ask(access, path, { headers });
  const about = asObject(await get(`api/projects/${project}/`), 'the project', 'Label Studio');
  const labelling = readLabelling(field(about, 'label_config'), `project ${project}`);
  const place = `the export of project ${project}`;
  // Without all tasks, those are left out that wait for another annotator.
  const all = asList(
    await get(`api/projects/${project}/export?exportType=JSON&download_all_tasks=true`),
    'the tasks',
    place,
  );
  const tasks = all.filter(
    (task) => isObject(task) && asList(field(task, 'annotations'), '"annotations"', place).length > 0,
  );
  if (tasks.length === 0) throw new UserError(`no task of project ${project} has an annotation`);
  return corpusOfTasks(tasks, labelling, place);
}

/** Legacy tokens open the API as they are; a personal access token is a JSON Web Token that is exchanged for one of five minutes. */
async function authorizationFor(access: LabelStudioAccess): Promise<string> {
  const { token } = access;
  if (token.split('.').length !== 3) return `Token ${token}`;
  const answer = await ask(access, 'api/token/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh: token }),
  });
  const fresh = isObject(answer) ? field(answer, 'access') : undefined;
  if (typeof fresh !== 'string') throw new UserError(`${access.url} gives no access for the token`);
  return `Bearer ${fresh}`;
}

/**
 * Returns the headers of a request. The error of a header shows its value, which is secret, so that it goes no further.
 *
 * @throws {UserError} if a header cannot hold the token
 */
function headersOf(authorization: string): Headers {
  try {
    return new Headers({ Authorization: authorization });
  } catch {
    throw new UserError('the token for Label Studio holds characters that no token has');
  }
}

async function ask({ url }: LabelStudioAccess, path: string, request: RequestInit): Promise<unknown> {
  const address = new URL(path, url.endsWith('/') ? url : `${url}/`);
  const hint = 'see --label-studio, and whether the token is still good';
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(address, { ...request, signal, redirect: 'error' });
    if (!answer.ok) throw new UserError(`${address.origin}${address.pathname} answers ${answer.status}`, { hint });
    return await answer.json();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message : message;
    throw new UserError(`${address.origin}${address.pathname} cannot be read: ${reason}`, { hint });
  }
}
