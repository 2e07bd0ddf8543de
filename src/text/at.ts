// The rooms that know text and no numbers take these from here.
export { at, integerAt } from '../numerics/at.js';
