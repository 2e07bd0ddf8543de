import { UserError } from '../../src/errors.js';

/** The UserError that an action throws; any other error goes through, and none is an error of the test. */
export function userErrorOf(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('expected a UserError, and nothing was thrown');
}
