import { spawn } from 'node:child_process';

/** Opens an address in the browser of the person, if there is one; whether that works is not known. */
export function openPage(url: string): void {
  const [command = '', ...args] = COMMANDS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no browser: the address was printed
  child.unref();
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};
