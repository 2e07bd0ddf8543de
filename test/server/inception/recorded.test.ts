import { expect, test } from 'vitest';
import { readSuggestions } from '../../helpers/inception.js';
import { sendRaw, statusOf } from '../../helpers/server.js';
import { readRecorded, startTrainable } from '../../helpers/tool-requests.js';

/** Requests as INCEpTION sends them, with documents and types as UIMA 3.5.0 writes them for it. */
const recorded = readRecorded<{ body: { document: { xmi: string } } }>(new URL('recorded.jsonl', import.meta.url));

const serverOf = startTrainable();

const bodyOf = (name: string): string => JSON.stringify(recorded(name).body);

const replay = (action: string): Promise<Response> =>
  fetch(`${serverOf().url}inception/${action}`, {
    method: 'POST',
    body: bodyOf(action),
    headers: { 'Content-Type': 'application/json' },
  });

test('a document gets suggestions, of which those that it had are no more', async () => {
  const answer = await (await replay('predict')).json();
  const { suggestions, members, text } = readSuggestions(answer.document);
  expect(text).toContain('😀\r\nAnna Smith lives in London.\n');
  expect(suggestions).toEqual(expect.arrayContaining(['PER Anna Smith', 'LOC London', 'PER Bob Jones', 'LOC Paris']));
  const before = readSuggestions(recorded('predict').body.document.xmi).members;
  expect(members).toHaveLength(before.length - 1 + suggestions.length);
  // All that is not a suggestion, and the index, is to the letter what came.
  const withoutIndex = (xmi: string): string => xmi.replace(/(?:<layer:[^>]*>)*<cas:View[^>]*>/, '');
  expect(withoutIndex(answer.document)).toBe(withoutIndex(recorded('predict').body.document.xmi));
});

test('Java asks whether the server speaks HTTP/2, and is answered in HTTP/1.1', async () => {
  const body = bodyOf('predict');
  const head = [
    'POST /inception/predict HTTP/1.1',
    'Connection: Upgrade, HTTP2-Settings',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Host: ${new URL(serverOf().url).host}`,
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    'Upgrade: h2c',
    'User-Agent: Java-http-client/17.0.15',
    'Content-Type: application/json',
  ];
  expect(statusOf(await sendRaw(serverOf(), `${head.join('\r\n')}\r\n\r\n${body}`, 2000))).toBe('200');
});

test('annotated documents are trained on, and it is told what of them is not', async () => {
  const labels = async () => (await (await fetch(`${serverOf().url}health`)).json()).models[0].labels;
  expect(await labels()).toEqual(['LOC', 'PER']);
  const begun = await replay('train');
  expect([begun.status, await begun.text()]).toEqual([204, '']);
  await expect.poll(serverOf().stderr, { timeout: 60_000 }).toContain('took over trained.json');
  for (const message of [
    'training on 24 sentences of INCEpTION',
    '3 sentences without a labelled annotation left out: such sentences may be unread',
    '1 annotation without a label left out: nothing is learnt of the words',
    '1 annotation over the end of a sentence left out: nothing is learnt of the words',
    '1 annotation that nobody has accepted left out',
    // The emoji without a label, and the full stop before the end of the sentence.
    'documents: 2 of 126 tokens have no known tag',
  ])
    expect(serverOf().stderr()).toContain(message);
  expect(await labels()).toEqual(['ANIMAL', 'LOC', 'PER']);
}, 90_000);
