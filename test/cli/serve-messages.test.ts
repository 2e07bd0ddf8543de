import { expect, test } from 'vitest';
import { createRefusalTeller } from '../../src/cli/serve-messages.js';

function startTeller() {
  let time = 1000;
  const told: string[] = [];
  const tell = createRefusalTeller(
    (text) => told.push(text),
    () => time,
  );
  return {
    told,
    tell,
    wait(seconds: number) {
      time += seconds;
    },
  };
}

test('a reason why an annotation tool is refused is told once a minute for each path', () => {
  const { told, tell, wait } = startTeller();
  const refuse = (): void => {
    for (const path of ['/predict', '/setup', '/predict'])
      for (const error of ['a', 'b', 'a']) tell({ tool: 'Label Studio', path, error });
  };
  refuse();
  expect(told).toEqual(
    ['/predict: a', '/predict: b', '/setup: a', '/setup: b'].map((text) => `warning: Label Studio: ${text}\n`),
  );
  wait(59);
  refuse();
  expect(told).toHaveLength(4);
  wait(1);
  refuse();
  expect(told).toHaveLength(8);
});

test('however many reasons there are, ten of a path are told in a minute', () => {
  const { told, tell, wait } = startTeller();
  for (let index = 0; index < 1200; index++) {
    tell({ tool: 'INCEpTION', path: '/predict', error: `reason ${index}` });
    wait(0.1);
  }
  expect(told).toHaveLength(20);
});
