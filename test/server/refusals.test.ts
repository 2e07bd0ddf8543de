import { expect, test } from 'vitest';
import { busy } from '../../src/server/answering.js';
import { createGuardedApp, refuse, refuseOtherMethods } from '../../src/server/guarded-app.js';
import { createRefusalObserver } from '../../src/server/label-studio-routes.js';

test('all refusals and failures of the paths of Label Studio are told, those of the guard too, and answered as they are', async () => {
  const told: string[] = [];
  const app = createGuardedApp({
    access: { host: '127.0.0.1' },
    usage: 'try something else',
    observe: createRefusalObserver((path, error) => told.push(`${path}: ${error}`)),
  });
  app.post('/setup', (context) => busy(context, 503, 'too slow'));
  app.post('/predict', (context) => refuse(context, 413, 'too large'));
  app.post('/train', () => {
    throw new Error('a bug');
  });
  app.post('/webhook', (context) => context.json({ job: '1' }, 201));
  app.post('/tag', (context) => refuse(context, 400, 'no text'));
  refuseOtherMethods(app, { '/webhook': 'POST' });
  const ask = async (path: string, request: RequestInit = {}) => {
    const answer = await app.request(`http://127.0.0.1${path}`, { method: 'POST', ...request });
    return [answer.status, (await answer.json()).error];
  };
  expect(await ask('/setup')).toEqual([503, 'too slow']);
  expect(await ask('/predict')).toEqual([413, 'too large']);
  expect(await ask('/train')).toEqual([500, 'internal error']);
  expect(await ask('/webhook')).toEqual([201, undefined]);
  expect(await ask('/webhook', { method: 'GET' })).toEqual([405, '/webhook accepts POST']);
  expect(await ask('/webhook', { headers: { Host: 'label.example' } })).toEqual([403, expect.any(String)]);
  expect(await ask('/tag')).toEqual([400, 'no text']);
  expect(await ask('/nothing')).toEqual([404, 'nothing at /nothing']);
  expect(told).toEqual([
    '/setup: too slow',
    '/predict: too large',
    '/train: internal error',
    '/webhook: /webhook accepts POST',
    '/webhook: label.example is no name of this server',
  ]);
});
