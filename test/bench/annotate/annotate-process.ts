import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DecisionRequest, Overview, Step } from '../../../src/annotation/protocol.js';
import { ROOT } from '../built.js';

/** Answers each message with the processor time of all threads so far */
const TELL_USAGE = `process.on('message', () => process.send(process.cpuUsage()));`;

/** `rnn annotate` in a process of its own, as people start it, asked over HTTP. */
export class AnnotateProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  /**
   * Starts it on a free port.
   *
   * @throws with what it said, if it does not start
   */
  static async start(args: readonly string[]): Promise<AnnotateProcess> {
    const preload = ['--import', `data:text/javascript,${encodeURIComponent(TELL_USAGE)}`];
    const command = [...preload, join(ROOT, 'bin/rnn.js'), 'annotate', '--port', '0', ...args];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let said = '';
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [, found] = /listening on (http:\/\/\S+)/.exec(said) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(said)));
    });
    return new AnnotateProcess(child, url);
  }

  /** Returns the seconds that all its threads have computed so far. */
  async processorSeconds(): Promise<number> {
    const answer = once(this.#child, 'message') as Promise<[NodeJS.CpuUsage]>;
    this.#child.send('usage');
    const [{ user, system }] = await answer;
    return (user + system) / 1e6;
  }

  current(): Promise<Step> {
    return this.#ask('current');
  }

  overview(): Promise<Overview> {
    return this.#ask('overview');
  }

  decide(request: DecisionRequest): Promise<Step> {
    return this.#ask('decide', request);
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async #ask<Answer>(path: string, body?: object): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await fetch(`${this.url}${path}`, body && { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as Answer;
  }
}
