import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { BINARY, type Folder, plainEnvironment } from './cli.js';

/** `rnn serve`, the real binary, on a free port. */
export interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  stderr(): string;
  tag(body: string | Uint8Array, headers?: Record<string, string>): Promise<Response>;
}

const running = new Set<ChildProcess>();

/** For the end of a test file. */
export function killServers(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Waits until a command says where it listens; `stderr` gives all that it has said by then. */
export async function listening(child: ChildProcess, command: string): Promise<{ url: string; stderr: () => string }> {
  let stderr = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      const found = /listening on (http:\/\/\S+)/.exec(stderr);
      if (found) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`rnn ${command}: exit ${code}: ${stderr}`)));
  });
  return { url, stderr: () => stderr };
}

export async function startServer(folder: Folder, ...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, [BINARY, 'serve', '--port', '0', ...args], {
    cwd: folder.path,
    env: plainEnvironment() as NodeJS.ProcessEnv,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  running.add(child);
  const { url, stderr } = await listening(child, 'serve');
  return {
    url,
    process: child,
    stderr,
    tag: (body, headers = {}) =>
      fetch(`${url}tag`, { method: 'POST', body: typeof body === 'string' ? body : Uint8Array.from(body), headers }),
  };
}

/** The exit code of a server that is told to end. */
export async function stop({ process: child }: Server, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = await ended;
  return code;
}

/** What a server answers to bytes, until it closes the connection or says nothing for so many milliseconds. */
export function sendRaw({ url }: Server, bytes: string | Uint8Array, patience: number): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const done = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patience, done);
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', done);
    socket.on('close', done);
  });
}

/** The status of a raw answer. */
export function statusOf(answer: string): string {
  return /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
}
