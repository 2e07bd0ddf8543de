import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
folder.write('names.conll', NAMES.repeat(4));
folder.write('space.yaml', 'hidden: [4, 8]\n');

const OPTIONS = {
  files: { corpora: [folder.at('names.conll')], dev: folder.at('names.conll'), reading: {} },
  preset: 'textbook',
  settings: { epochs: 20 },
  workers: 2,
};

/** Follows a story to its first training, leaves it, and waits for the process to end by itself. */
async function leaveEarly(module: string, name: string, options: object): Promise<string> {
  const url = pathToFileURL(`dist/commands/${module}.js`).href;
  const script = `${name}.mjs`;
  folder.write(
    script,
    `
    import { ${name} as story } from ${JSON.stringify(url)};
    const options = { clock: () => performance.now() / 1000, ...${JSON.stringify(options)} };
    for await (const { kind } of story(options)) if (kind === 'trial' || kind === 'training') break;
    console.log('left');
  `,
  );
  const { stdout } = await execa(process.execPath, [folder.at(script)], { timeout: 20_000 });
  return stdout;
}

test('a curve that is left early ends the threads of the trainings under way', async () => {
  expect(await leaveEarly('curve', 'measureCurve', { ...OPTIONS, parts: [0.5, 1], seeds: 4 })).toBe('left');
});

test('a sweep that is left early ends the threads of the trials under way', async () => {
  const sweep = { space: folder.at('space.yaml'), search: 'random', trials: 8, folder: folder.at('sweep'), flags: {} };
  expect(await leaveEarly('sweep/sweep', 'sweep', { ...OPTIONS, ...sweep })).toBe('left');
});
