import { expect, test } from 'vitest';
import { fetchTasks } from '../../../../src/commands/serve/label-studio/project.js';
import { UserError } from '../../../../src/errors.js';

test.each(['secret\nsecret', 'secret\0', 'secret\u20ac'])(
  'a token that no header can hold is not shown: %j',
  async (token) => {
    const error = await fetchTasks({ url: 'http://127.0.0.1:9', token }, 1).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw error;
    expect(error.message).toContain('the token');
    expect(`${error.stack} ${error.hint} ${error.cause}`).not.toContain('secret');
  },
);
