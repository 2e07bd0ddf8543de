import { expect, test, vi } from 'vitest';
import { createRefusalTeller, sayReload, sayTraining } from '../../src/cli/serve-messages.js';
import { badInput } from '../../src/errors.js';

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

test('what a request brought begins no line, moves no cursor, and is cut where it is long', () => {
  const { told, tell } = startTeller();
  const refuse = (error: string): void => tell({ tool: 'INCEpTION', path: '/predict', error });
  refuse('\u009b31mred\nwarning: forged\r\u2028\u001b[2J\u202e');
  for (const end of ['a', 'b']) refuse('x'.repeat(100_000) + end);
  expect(told).toEqual([
    'warning: INCEpTION: /predict: \\u009b31mred\\u000awarning: forged\\u000d\\u2028\\u001b[2J\\u202e\n',
    `warning: INCEpTION: /predict: ${'x'.repeat(300)}…\n`,
  ]);
});

test('however many reasons there are, ten of a path are told in a minute', () => {
  const { told, tell, wait } = startTeller();
  for (let index = 0; index < 1200; index++) {
    tell({ tool: 'INCEpTION', path: '/predict', error: `reason ${index}` });
    wait(0.1);
  }
  expect(told).toHaveLength(20);
});

test('with --quiet, what fails is told, and no warning', () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const error = badInput('no such file', 'train again');
  const learnt = { count: 20, unit: { noun: 'sentence', of: 'INCEpTION' }, notices: ['warning: left out: document 1'] };
  for (const quiet of [true, undefined]) {
    sayReload({ name: 'names', path: 'names.json', error }, quiet);
    sayTraining({ kind: 'begun', ...learnt }, quiet);
    sayTraining({ kind: 'failed', error }, quiet);
  }
  const lines = written.mock.calls.map(([text]) => text);
  written.mockRestore();
  const failures = [
    'rnn: names: the earlier model answers on: no such file; train again\n',
    'rnn: the training failed, and the earlier model answers on: no such file; train again\n',
  ];
  expect(lines.slice(0, 2)).toEqual(failures);
  expect(lines.slice(2)).toEqual([
    failures[0],
    'warning: left out: document 1\n',
    'training on 20 sentences of INCEpTION\n',
    failures[1],
  ]);
});
