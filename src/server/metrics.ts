import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../node/answered-requests.js';
import { inceptionPathOf } from './inception-routes.js';
import { LABEL_STUDIO_PATHS } from './label-studio-routes.js';
import type { ServedModels } from './served-models.js';

/** The bounds of the latencies that are told apart, in seconds: from a sentence to the default limit of an answer. */
const LATENCIES = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The paths that are counted each for itself; all others are one, since anybody can invent them. */
const PATHS = new Set<string>([
  ...LABEL_STUDIO_PATHS,
  ...['/tag', '/health', '/ready', '/metrics', '/openapi.json', '/', '/tagger.js', '/model.json', '/favicon.ico'],
]);

const METHODS = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** What a server tells Prometheus: requests, latencies, the queue, tokens, and which models answer. */
export class ServerMetrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<'method' | 'path' | 'status'>;
  readonly #latencies: Histogram<'path'>;
  readonly #tokens: Counter<'model'>;
  readonly #loads: Counter<'model' | 'result'>;

  constructor(models: ServedModels) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Counter({
      registers,
      name: 'rnn_requests_total',
      help: 'Requests that came; status is "none" where the client left before its answer.',
      labelNames: ['method', 'path', 'status'],
    });
    this.#latencies = new Histogram({
      registers,
      name: 'rnn_request_duration_seconds',
      help: 'Time from the head of a request to the end of its answer.',
      labelNames: ['path'],
      buckets: LATENCIES,
    });
    this.#tokens = new Counter({
      registers,
      name: 'rnn_tokens_total',
      help: 'Tokens that were tagged.',
      labelNames: ['model'],
    });
    this.#loads = new Counter({
      registers,
      name: 'rnn_model_loads_total',
      help: 'How often a changed model file was read, by result: "taken" or "refused".',
      labelNames: ['model', 'result'],
    });
    new Gauge({
      registers,
      name: 'rnn_queue_requests',
      help: 'Requests that wait for a thread.',
      labelNames: ['model'],
      collect() {
        for (const [model, { queue }] of models.list()) this.set({ model }, queue.waiting);
      },
    });
    new Gauge({
      registers,
      name: 'rnn_model_info',
      help: 'The checkpoint that answers: 1, with its SHA-256.',
      labelNames: ['model', 'sha256'],
      collect() {
        this.reset();
        for (const [model, { about }] of models.list()) this.set({ model, sha256: about.sha256 }, 1);
      },
    });
    for (const model of models.names) {
      this.#tokens.inc({ model }, 0);
      for (const result of ['taken', 'refused']) this.#loads.inc({ model, result }, 0);
    }
  }

  /** The type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Returns all metrics in the text format of Prometheus. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  countTokens(model: string, tokens: number): void {
    this.#tokens.inc({ model }, tokens);
  }

  countLoad(model: string, result: 'taken' | 'refused'): void {
    this.#loads.inc({ model, result });
  }

  countRequest({ method, path, status, milliseconds }: AnsweredRequest): void {
    const named = path.startsWith('/tag/') ? '/tag/{model}' : inceptionPathOf(path);
    const known = named ?? (PATHS.has(path) ? path : 'other');
    this.#requests.inc({ method: METHODS.has(method) ? method : 'other', path: known, status: status ?? 'none' });
    this.#latencies.observe({ path: known }, milliseconds / 1000);
  }
}
