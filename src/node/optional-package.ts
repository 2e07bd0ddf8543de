import { pathToFileURL } from 'node:url';
import { UserError } from '../errors.js';
import { mainFileOf } from './package-files.js';

/**
 * Loads an npm package that is not installed with this one, from beside the working folder or this package.
 *
 * @param source the name of the file that it is needed for
 * @throws {UserError} if it is not installed
 */
export async function loadPackage<Package>(name: string, source: string): Promise<Package> {
  const file = mainFileOf(name);
  if (file === undefined)
    throw new UserError(`${source}: the package ${name}, which reads such files, is not installed`, {
      hint: `npm install ${name} (where rnn is installed with -g: npm install -g ${name})`,
    });
  return import(pathToFileURL(file).href);
}
