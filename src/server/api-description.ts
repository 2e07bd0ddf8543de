import * as z from 'zod';
import { errorSchema, healthSchema, readinessSchema, recordSchema, taggedSchema } from './protocol.js';

type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

const one = (name: string): Json => ref(name);
const oneOrMore = (name: string): Json => ({ oneOf: [ref(name), { type: 'array', items: ref(name) }] });

function json(description: string, schema: Json): Json {
  return { description, content: { 'application/json': { schema } } };
}

const refusals = (...statuses: readonly (readonly [number, string])[]): Json =>
  Object.fromEntries(statuses.map(([status, description]) => [status, json(description, ref('Error'))]));

const FORBIDDEN = [403, 'The request comes from a page, or under a host name, that is not allowed.'] as const;

/** Refusals after which the same request may be repeated. */
const BUSY: Json = Object.fromEntries(
  [
    [429, 'Too many requests are arriving or being answered.'] as const,
    [503, 'The answer took too long.'] as const,
  ].map(([status, description]) => [
    status,
    {
      ...json(description, ref('Error')),
      headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
    },
  ]),
);

function tagging(operationId: string, summary: string): Json {
  return {
    operationId,
    summary,
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: oneOrMore('Record'), example: { text: 'Maria Silva flew to Vienna .' } },
      },
    },
    responses: {
      200: json('What was found, a record for each that was sent, in their order.', oneOrMore('Tagged')),
      ...refusals(
        [400, 'The body is not as it should be.'],
        FORBIDDEN,
        [408, 'The request did not arrive in time.'],
        [413, 'The body is too large.'],
      ),
      ...BUSY,
    },
  };
}

function asking(operationId: string, summary: string, answers: Json): Json {
  return { operationId, summary, responses: { ...answers, ...refusals(FORBIDDEN) } };
}

/** Describes a request that an annotation tool sends; its own documents say what is in it. */
function ofTool(url: string, operationId: string, summary: string, done: Json): Json {
  return {
    operationId,
    summary,
    externalDocs: { url },
    requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    responses: {
      ...done,
      ...refusals(
        [400, 'The body is not as it should be.'],
        FORBIDDEN,
        [408, 'The request did not arrive in time.'],
        [413, 'The body is too large.'],
        [415, 'The body is not said to be JSON.'],
      ),
      ...BUSY,
    },
  };
}

const ofLabelStudio = (operationId: string, summary: string, done: Json): Json =>
  ofTool('https://github.com/HumanSignal/label-studio-ml-backend', operationId, summary, done);

const ofInception = (operationId: string, summary: string, done: Json): Json =>
  ofTool(
    'https://inception-project.github.io/releases/latest/docs/developer-guide.html#_external_recommender',
    ...([operationId, summary, done] as const),
  );

/** What Label Studio asks of an ML backend. */
const LABEL_STUDIO: Json = {
  '/setup': {
    post: ofLabelStudio('setUpLabelStudio', 'Connect a project of Label Studio.', {
      200: json('What the model is called, and which of its labels the project has.', { type: 'object' }),
    }),
  },
  '/predict': {
    post: ofLabelStudio('predictForLabelStudio', 'Find the names in tasks of Label Studio.', {
      200: json('A prediction for each task.', { type: 'object' }),
    }),
  },
  '/train': {
    post: ofLabelStudio('trainForLabelStudio', 'Train on annotated tasks of Label Studio.', {
      201: json('A training has begun, or waits for another.', { type: 'object' }),
    }),
  },
  '/webhook': {
    post: ofLabelStudio('hearFromLabelStudio', 'Hear of an event in Label Studio.', {
      200: json('The event changes no annotation.', { type: 'object' }),
      201: json('A training has begun, or waits for another.', { type: 'object' }),
    }),
  },
};

/** What INCEpTION asks of an external recommender, for the first model and for one of a name. */
function describeInception(base: string, suffix: string, parameters: Json): Json {
  const named = suffix === '' ? {} : refusals([404, 'There is no model of this name.']);
  const post = (operation: Json): Json => ({
    ...parameters,
    post: { ...operation, responses: { ...(operation.responses as Json), ...named } },
  });
  return {
    [`${base}/predict`]: post(
      ofInception(`predictForInception${suffix}`, 'Find the names in a document of INCEpTION.', {
        200: json('The document with suggestions.', { type: 'object' }),
      }),
    ),
    [`${base}/train`]: post(
      ofInception(`trainForInception${suffix}`, 'Train on annotated documents of INCEpTION.', {
        204: { description: 'A training has begun, or waits for another.' },
      }),
    ),
  };
}

/**
 * Describes what the server can be asked, as an OpenAPI 3.1 document.
 *
 * @param models the names of the models, the first one first
 * @param version the version of the package
 */
export function describeApi(models: readonly string[], version: string): Json {
  const named = tagging('tagWithModel', 'Tag with the model of a name.');
  const parameters = [{ name: 'model', in: 'path', required: true, schema: { type: 'string', enum: models } }];
  return {
    openapi: '3.1.0',
    info: {
      title: 'rnn serve',
      version,
      summary: 'Tags text with named-entity taggers.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [],
    paths: {
      '/tag': { post: tagging('tag', `Tag with the first model, ${models[0]}.`) },
      '/tag/{model}': {
        parameters,
        post: {
          ...named,
          responses: { ...(named.responses as Json), ...refusals([404, 'There is no model of this name.']) },
        },
      },
      ...LABEL_STUDIO,
      ...describeInception('/inception', '', {}),
      ...describeInception('/inception/{model}', 'WithModel', { parameters }),
      '/health': {
        get: asking('health', 'Ask whether the server is alive, and which models it has.', {
          200: json('The server is alive.', one('Health')),
        }),
      },
      '/ready': {
        get: asking('ready', 'Ask whether the server takes requests.', {
          200: json('It takes requests.', one('Readiness')),
          503: json('It is starting or ending.', one('Readiness')),
        }),
      },
      '/metrics': {
        get: asking('metrics', 'Read counts and latencies.', {
          200: {
            description: 'Metrics in the text format of Prometheus.',
            content: { 'text/plain': { schema: { type: 'string' } } },
          },
        }),
      },
      '/openapi.json': {
        get: asking('describe', 'Read this description.', {
          200: json('An OpenAPI document.', { type: 'object' }),
        }),
      },
    },
    components: { schemas: schemas() },
  };
}

/** Returns the schemas of bodies; those of requests say what may be sent, those of answers what is sent. */
function schemas(): Json {
  const toSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema, id, ...rest } = z.toJSONSchema(schema, { io });
    return rest;
  };
  return {
    Record: toSchema(recordSchema, 'input'),
    Tagged: toSchema(taggedSchema, 'output'),
    Error: toSchema(errorSchema, 'output'),
    Health: toSchema(healthSchema, 'output'),
    Readiness: toSchema(readinessSchema, 'output'),
  };
}
