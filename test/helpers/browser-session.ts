import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { BROWSER } from './browser.js';

/** The codes of keys that do more than write a character. */
const VIRTUAL_CODES: Readonly<Record<string, number>> = { Tab: 9, Enter: 13 };

type Answer = Readonly<Record<string, unknown>>;

/** A page in a headless Chromium, driven over its debugging pipe (Chrome DevTools Protocol). */
export class BrowserSession {
  readonly #send: Writable;
  readonly #close: () => Promise<void>;
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  #session: string | undefined;
  #count = 0;

  private constructor(send: Writable, receive: Readable, close: () => Promise<void>) {
    this.#send = send;
    this.#close = close;
    let rest = '';
    receive.setEncoding('utf8').on('data', (text: string) => {
      const messages = (rest + text).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) this.#receive(JSON.parse(message));
    });
  }

  static async open(): Promise<BrowserSession> {
    const profile = mkdtempSync(join(tmpdir(), 'rnn-browser-'));
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe'];
    const child = spawn(BROWSER ?? '', [...flags, `--user-data-dir=${profile}`], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'exit');
    const session = new BrowserSession(child.stdio[3] as Writable, child.stdio[4] as Readable, async () => {
      child.kill('SIGKILL');
      await ended;
      await removeProfile(profile);
    });
    const { targetId } = await session.call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await session.call('Target.attachToTarget', { targetId, flatten: true });
    session.#session = sessionId as string;
    return session;
  }

  call(method: string, params: object = {}): Promise<Answer> {
    const id = ++this.#count;
    const message = { id, method, params, ...(this.#session !== undefined && { sessionId: this.#session }) };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send.write(`${JSON.stringify(message)}\0`);
    });
  }

  /** The value of an expression, awaited. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = (await this.call('Runtime.evaluate', params)) as {
      result: { value: Value };
      exceptionDetails?: { text: string };
    };
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
    return result.value;
  }

  /** Presses a key, which writes its character if it has one. */
  async press(key: string, { shift = false } = {}): Promise<void> {
    await this.call('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key,
      code: key,
      windowsVirtualKeyCode: VIRTUAL_CODES[key] ?? 0,
      modifiers: shift ? 8 : 0,
      ...(key.length === 1 && { text: key }),
      ...(key === 'Enter' && { text: '\r' }),
    });
    await this.call('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key });
  }

  /** Presses the mouse at the first place, moves it over the others, and releases it at the last one. */
  async drag(...places: readonly { readonly x: number; readonly y: number }[]): Promise<void> {
    const dispatch = (type: string, place: object): Promise<Answer> =>
      this.call('Input.dispatchMouseEvent', { type, button: 'left', buttons: 1, clickCount: 1, ...place });
    await dispatch('mousePressed', places[0]);
    for (const place of places.slice(1)) await dispatch('mouseMoved', place);
    await dispatch('mouseReleased', places.at(-1) ?? {});
  }

  /** Touches a place. */
  async tap(place: { readonly x: number; readonly y: number }): Promise<void> {
    await this.call('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [place] });
    await this.call('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  /** Sets the size of the window and the colours that the person prefers. */
  async look(width: number, height: number, scheme: 'light' | 'dark'): Promise<void> {
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }

  /** A PNG. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.call('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data as string, 'base64');
  }

  close(): Promise<void> {
    return this.#close();
  }

  #receive({ id, result, error }: { id?: number; result?: Answer; error?: { message: string } }): void {
    const waiting = this.#waiting.get(id ?? 0);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result ?? {});
    this.#waiting.delete(id ?? 0);
  }
}

/** Removes a browser's folder. Processes of its own may outlive the browser for a moment, and write there. */
async function removeProfile(profile: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch {
      await setTimeout(100);
    }
  }
}
