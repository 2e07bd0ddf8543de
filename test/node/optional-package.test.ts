import { expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { loadPackage } from '../../src/node/optional-package.js';

test('a package that is not installed is named, with how to install it', async () => {
  await expect(loadPackage('no-such-package', 'a.pdf')).rejects.toMatchObject({
    message: 'a.pdf: the package no-such-package, which reads such files, is not installed',
    hint: expect.stringContaining('npm install no-such-package'),
    exitCode: ExitCode.failed,
  });
});
