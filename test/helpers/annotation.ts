import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { DecisionRequest, DoneList, Overview, ShownSpan, Step, UndoStep } from '../../src/annotation/protocol.js';
import { BINARY, Folder, plainEnvironment } from './cli.js';
import { listening } from './server.js';

/** `rnn annotate`, the real binary, on a free port. */
export class Annotation {
  readonly url: string;
  readonly process: ChildProcess;
  readonly #stderr: () => string;

  private constructor(url: string, child: ChildProcess, stderr: () => string) {
    this.url = url;
    this.process = child;
    this.#stderr = stderr;
  }

  static async start(folder: Folder, args: readonly string[], input = ''): Promise<Annotation> {
    const child = spawn(process.execPath, [BINARY, 'annotate', '--port', '0', ...args], {
      cwd: folder.path,
      env: plainEnvironment() as NodeJS.ProcessEnv,
      stdio: ['pipe', 'inherit', 'pipe'],
    });
    running.add(child);
    child.stdin?.end(input);
    const { url, stderr } = await listening(child, 'annotate');
    return new Annotation(url, child, stderr);
  }

  get stderr(): string {
    return this.#stderr();
  }

  current(): Promise<Step> {
    return this.#json('current');
  }

  overview(): Promise<Overview> {
    return this.#json('overview');
  }

  done(search = ''): Promise<DoneList> {
    return this.#json(`done?search=${encodeURIComponent(search)}`);
  }

  undo(): Promise<UndoStep> {
    return this.#json('undo', {});
  }

  removeLabel(label: string): Promise<Overview> {
    return this.#json('remove-label', { label });
  }

  find(id: string | number): Promise<Step> {
    return this.#json('find', { id });
  }

  decide(request: DecisionRequest): Promise<Step> {
    return this.#json('decide', request);
  }

  /** Accepts the current sentence with some entities, and returns the next step. */
  async accept(...spans: readonly ShownSpan[]): Promise<Step> {
    const { sentence } = await this.current();
    return this.decide({ id: sentence?.id ?? '', answer: 'accept', spans });
  }

  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}${path}`, init);
  }

  /** Waits until a model has learnt that many times. */
  async untilRound(round: number): Promise<Overview> {
    for (;;) {
      const overview = await this.overview();
      if (overview.model?.failure !== undefined) throw new Error(overview.model.failure);
      if ((overview.model?.round ?? 0) >= round) return overview;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Sends a signal, and returns the exit code. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return this.process.exitCode;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    return (await ended)[0];
  }

  async #json<Answer>(path: string, body?: object): Promise<Answer> {
    const init = body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await this.ask(path, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  }
}

export const LABELS = ['--labels', 'PER,LOC'];

/** The first word as a name of a person. */
export const PER = { label: 'PER', start: 0, end: 1 };

/** A folder with three sentences to label, in `texts.txt`. */
export class AnnotationFolder extends Folder {
  constructor() {
    super();
    this.write('texts.txt', 'Ada left Paris .\nBob stayed .\nEve met Ada in Rome .\n');
  }

  /** Starts on the three sentences, in their order. */
  start(output: string, ...args: string[]): Promise<Annotation> {
    return Annotation.start(this, ['texts.txt', ...LABELS, '--order', 'given', '-o', output, ...args]);
  }

  /** The records of a file. */
  recordsOf(name: string): { [field: string]: unknown }[] {
    return this.read(name)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }
}

const running = new Set<ChildProcess>();

/** For the end of a test file. */
export function killAnnotations(): void {
  for (const child of running) child.kill('SIGKILL');
}
