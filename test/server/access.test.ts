import { expect, test } from 'vitest';
import { isAllowedOrigin, isOwnHost } from '../../src/server/access.js';

const LOCAL = { host: '127.0.0.1' };

test.each(['127.0.0.1:8080', '10.1.2.3', '[::1]:80', '[fe80::1]', 'localhost', 'LocalHost:8080'])(
  '%s is a name of any server',
  (host) => {
    expect(isOwnHost(host, LOCAL)).toBe(true);
  },
);

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example:8080',
  'evil.example:8080',
  'x',
  '127.0.0.1:http',
  'a b',
  '[::1',
])('%s is none', (host) => {
  expect(isOwnHost(host, LOCAL)).toBe(false);
});

test('the name where it listens and the hosts of allowed origins are its names, too', () => {
  const access = { host: 'Tagger.Local', allowOrigin: ['https://x.example', 'https://example.org:8443'] };
  for (const host of ['tagger.local:80', 'example.org', 'EXAMPLE.org:1']) expect(isOwnHost(host, access)).toBe(true);
  for (const host of ['www.example.org', 'local']) expect(isOwnHost(host, access)).toBe(false);
  expect(isOwnHost('any.example', { ...LOCAL, allowOrigin: ['*'] })).toBe(true);
  expect(isOwnHost('any.example', { ...LOCAL, allowOrigin: ['nonsense'] })).toBe(false);
});

test('programs, which may name no host and no origin, are answered', () => {
  expect(isOwnHost(undefined, LOCAL)).toBe(true);
  expect(isAllowedOrigin(undefined, undefined, LOCAL)).toBe(true);
});

test('pages of its own origin and of allowed ones may ask', () => {
  expect(isAllowedOrigin('http://127.0.0.1:8080', '127.0.0.1:8080', LOCAL)).toBe(true);
  expect(isAllowedOrigin('http://127.0.0.1:8081', '127.0.0.1:8080', LOCAL)).toBe(false);
  expect(isAllowedOrigin('null', '127.0.0.1:8080', LOCAL)).toBe(false);
  const access = { ...LOCAL, allowOrigin: ['https://example.org', 'https://example.net'] };
  for (const origin of access.allowOrigin) expect(isAllowedOrigin(origin, 'localhost', access)).toBe(true);
  expect(isAllowedOrigin('https://example.com', 'localhost', access)).toBe(false);
});
