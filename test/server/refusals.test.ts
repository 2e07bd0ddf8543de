import { expect, test } from 'vitest';
import { busy } from '../../src/server/answering.js';
import { createGuardedApp, refuse, refuseOtherMethods } from '../../src/server/guarded-app.js';
import { createRefusalObserver } from '../../src/server/refusals.js';

test('all refusals and failures of the paths of annotation tools are told, those of the guard too, and answered as they are', async () => {
  const told: string[] = [];
  const app = createGuardedApp({
    access: { host: '127.0.0.1' },
    usage: 'try something else',
    observe: createRefusalObserver(({ tool, path, error }) => told.push(`${tool}: ${path}: ${error}`)),
  });
  app.post('/setup', (context) => busy(context, 503, 'too slow'));
  app.post('/predict', (context) => refuse(context, 413, 'too large'));
  app.post('/train', () => {
    throw new Error('a bug');
  });
  app.post('/webhook', (context) => context.json({ job: '1' }, 201));
  for (const path of ['/inception/predict', '/inception/:model/train'])
    app.post(path, (context) => refuse(context, 400, 'no layer'));
  app.post('/tag', (context) => refuse(context, 400, 'no text'));
  refuseOtherMethods(app, { '/webhook': 'POST', '/inception/:model/predict': 'POST' });
  const ask = async (path: string, request: RequestInit = {}) => {
    const answer = await app.request(`http://127.0.0.1${path}`, { method: 'POST', ...request });
    return [answer.status, (await answer.json()).error];
  };
  expect(await ask('/setup')).toEqual([503, 'too slow']);
  expect(await ask('/predict')).toEqual([413, 'too large']);
  expect(await ask('/train')).toEqual([500, 'internal error']);
  expect(await ask('/webhook')).toEqual([201, undefined]);
  expect(await ask('/webhook', { method: 'GET' })).toEqual([405, '/webhook accepts POST']);
  const named = '/inception/names/predict';
  expect(await ask(named, { method: 'GET' })).toEqual([405, '/inception/{model}/predict accepts POST']);
  expect(await ask('/webhook', { headers: { Host: 'label.example' } })).toEqual([403, expect.any(String)]);
  for (const path of ['predict', 'names/train']) expect(await ask(`/inception/${path}`)).toEqual([400, 'no layer']);
  expect(await ask('/inception/a/b/predict')).toEqual([404, expect.any(String)]);
  expect(await ask('/tag')).toEqual([400, 'no text']);
  expect(await ask('/nothing')).toEqual([404, 'nothing at /nothing']);
  expect(told).toEqual([
    'Label Studio: /setup: too slow',
    'Label Studio: /predict: too large',
    'Label Studio: /train: internal error',
    'Label Studio: /webhook: /webhook accepts POST',
    'INCEpTION: /inception/{model}/predict: /inception/{model}/predict accepts POST',
    'Label Studio: /webhook: label.example is no name of this server',
    'INCEpTION: /inception/predict: no layer',
    'INCEpTION: /inception/{model}/train: no layer',
  ]);
});
