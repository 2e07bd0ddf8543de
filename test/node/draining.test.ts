import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { Draining } from '../../src/node/draining.js';

const ASKED = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n';

async function start(answer: RequestListener): Promise<{ draining: Draining; open: () => Promise<Socket> }> {
  const server = createServer(answer);
  const draining = new Draining(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    draining,
    async open() {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      return socket;
    },
  };
}

test('a request that was being answered, and one that comes after, get answers that close the connection', async () => {
  let finish = (): void => {};
  const { draining, open } = await start((_, answer) => {
    if (finish.name === 'later') answer.end('after');
    else
      finish = function later() {
        answer.end('before');
      };
  });
  const [begun, idle] = [await open(), await open()];
  begun.write(ASKED);
  await expect.poll(() => finish.name).toBe('later');
  const drained = draining.drain(10);
  await new Promise((resolve) => setTimeout(resolve, 300));
  idle.write(ASKED);
  expect(await text(idle)).toMatch(/Connection: close[\s\S]*after$/);
  finish();
  expect(await text(begun)).toMatch(/Connection: close[\s\S]*before$/);
  expect(await drained).toBe(true);
});

test('connections without a request are closed after a while', async () => {
  const { draining, open } = await start((_, answer) => answer.end('done'));
  const socket = await open();
  socket.write(ASKED);
  await once(socket, 'data');
  const began = performance.now();
  expect(await draining.drain(10)).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(500);
});

test('who does not take an answer is not waited for without end, which is told', async () => {
  const { draining, open } = await start((_, answer) => answer.end(Buffer.alloc(50_000_000)));
  const socket = await open();
  socket.pause().write(ASKED);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await draining.drain(0.5)).toBe(false);
  socket.destroy();
});
