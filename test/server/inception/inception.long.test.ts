import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preparePython } from '../../bench/peers/venv.js';
import { Folder } from '../../helpers/cli.js';
import { LAYER, METADATA } from '../../helpers/inception.js';
import { killServers, startServer } from '../../helpers/server.js';

const prepared = await preparePython('dkpro-cassis', new URL('requirements.txt', import.meta.url));

const folder = new Folder();

// A model of the starter corpus, since one that knows a few sentences by heart learns little from a few more.
beforeAll(() => folder.mustRun(['train', '--preset', 'fast']), 600_000);
afterAll(killServers);

interface Suggestion {
  readonly text: string;
  readonly begin: number;
  readonly label: string;
  readonly score: number;
}

interface Found {
  readonly text: string;
  readonly tokens: number;
  readonly others: number;
  readonly suggestions: readonly Suggestion[];
}

const PETS = ['Rex', 'Bello', 'Minka', 'Luna', 'Fido', 'Struppi'];
const people = ['😀 Anna Smith lives in London .', 'Bob Jones left Paris .'];
const sentences = [
  ...people,
  ...PETS.flatMap((pet) => [
    `😀 ${pet} barks at the bank .`,
    `😀😀 ${pet} left .`,
    `The bank closed ${pet} .`,
    `In 😀 ${pet} lives .`,
  ]),
].map((sentence) => sentence.split(' '));

/** The pets, as the first and the last of the tokens of all sentences, with their label. */
const annotations = sentences
  .flat()
  .flatMap((token, index) => (PETS.includes(token) ? [[index, index, 'ANIMAL'] as const] : []));

if ('skipped' in prepared) test.skip(`INCEpTION: ${prepared.skipped}`, () => {});
else
  test('documents of dkpro-cassis get suggestions that it reads, and better ones after people have annotated', async () => {
    const script = fileURLToPath(new URL('cas.py', import.meta.url));
    const cassis = async (asked: object) => {
      const input = JSON.stringify({ layer: LAYER, feature: 'value', ...asked });
      return JSON.parse((await execa(prepared.python, [script], { input })).stdout);
    };
    const make = async (...documents: object[]): Promise<{ typeSystem: string; documents: string[] }> =>
      cassis({ do: 'make', documents });
    const server = await startServer(folder, '--train-to', 'trained.json', '--max-body', '10000000');
    const post = (action: string, body: object) =>
      fetch(`${server.url}inception/${action}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ metadata: METADATA, ...body }),
      });
    const { typeSystem, documents } = await make({ sentences, annotations: [[1, 2, 'PER']] });
    const predict = async (): Promise<Found> => {
      const document = { xmi: documents[0], documentId: 42, userId: 'anna' };
      const answer = await post('predict', { typeSystem, document });
      expect(answer.status).toBe(200);
      const { document: xmi } = await answer.json();
      const found: Found = await cassis({ do: 'read', type_system: typeSystem, xmi });
      // Python counts characters, and not their halves.
      for (const { text, begin } of found.suggestions)
        expect([...found.text].slice(begin, begin + [...text].length).join('')).toBe(text);
      return found;
    };

    const { text, tokens, others, suggestions } = await predict();
    expect([tokens, others]).toEqual([sentences.flat().length, 1]);
    expect(text).toContain('😀😀 Struppi left.\n');
    expect(suggestions.map((each) => `${each.label} ${each.text}`)).toEqual(
      expect.arrayContaining(['PER Anna Smith', 'LOC London', 'PER Bob Jones', 'LOC Paris']),
    );
    for (const { score } of suggestions) expect(score > 0 && score <= 1).toBe(true);

    const annotated = await make({ sentences, annotations: [...annotations, [0, 0, null]] }, { sentences: [people] });
    const trained = await post('train', {
      typeSystem: annotated.typeSystem,
      documents: annotated.documents.map((xmi, index) => ({ xmi, documentId: 42 + index, userId: 'anna' })),
    });
    expect(trained.status).toBe(204);
    await expect
      .poll(server.stderr, { timeout: 300_000 })
      .toMatch(/training on 24 sentences of INCEpTION[\s\S]*took over trained.json/);
    expect(server.stderr()).toContain('1 annotation without a label left out');
    const animals = (await predict()).suggestions.filter(({ label }) => label === 'ANIMAL');
    expect(animals.filter((each) => PETS.includes(each.text)).length).toBeGreaterThan(12);
    expect(server.stderr()).not.toContain('warning');
  }, 900_000);
