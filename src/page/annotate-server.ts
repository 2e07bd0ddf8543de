import type { DecisionRequest, DoneList, Overview, Step, UndoStep } from '../annotation/protocol.js';

/** A request that was refused, with what the server says. */
export class Refusal extends Error {}

/** Asks the server of the page. Each request throws a `Refusal`, or another error where the server does not answer. */
export const server = {
  current: () => ask<Step>('current'),
  overview: () => ask<Overview>('overview'),
  find: (id: string | number) => ask<Step>('find', { id }),
  decide: (request: DecisionRequest) => ask<Step>('decide', request),
  undo: () => ask<UndoStep>('undo', {}),
  removeLabel: (label: string) => ask<Overview>('remove-label', { label }),
  saveModel: () => ask<{ path: string; notices: string[] }>('model', {}),
  done: (from: number, most: number, search: string) =>
    ask<DoneList>(`done?${new URLSearchParams({ from: `${from}`, most: `${most}`, search })}`),
};

let hear = (): void => {};

/** Sets what is told each time the server answers, refusals included. */
export function onAnswer(listener: () => void): void {
  hear = listener;
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(
    path,
    body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
  );
  const answer = await response.json();
  hear();
  if (!response.ok) throw new Refusal([answer.error, answer.hint].filter(Boolean).join('; '));
  return answer;
}
