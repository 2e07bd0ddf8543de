import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { idsOf, type Workload } from '../workload.js';

const INSTALL_PATIENCE = 180_000;
const RUN_PATIENCE = 120_000;

/** What a peer answers: tokens a second of training, and the mean loss of a sentence, batch by batch. */
export interface PeerAnswer {
  readonly tokensPerSecond: number;
  readonly losses: readonly number[];
}

/** Another package from npm, installed for the time of a bench in a folder outside the repository. */
export class NpmPeer {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error where the package cannot be installed */
  static async install(name: string): Promise<NpmPeer> {
    const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`));
    cpSync(fileURLToPath(new URL(`${name}/`, import.meta.url)), folder, { recursive: true });
    const peer = new NpmPeer(folder);
    try {
      const command = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--silent'];
      await promisify(execFile)('npm', command, { cwd: folder, timeout: INSTALL_PATIENCE });
    } catch (error) {
      peer.remove();
      throw error;
    }
    return peer;
  }

  /** Trains on a workload in a process of its own. */
  async train(workload: Workload, settings: readonly string[]): Promise<PeerAnswer> {
    writeFileSync(join(this.#folder, 'workload.json'), describe(workload));
    const command = ['train.mjs', 'workload.json', ...settings];
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      cwd: this.#folder,
      timeout: RUN_PATIENCE,
    });
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) as string) as PeerAnswer;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A workload in numbers, as JSON: of each batch, ids[feature][sentence][t] and targets[sentence][t]. */
function describe(workload: Workload): string {
  const { plan, settings, examples, batches } = workload;
  const { tables, cell, hidden, tags } = plan;
  const described = batches.map((batch) => {
    const members = batch.map((sentence) => examples.sentences[sentence]);
    return {
      lengths: members.map(({ targets }) => targets.length),
      ids: tables.map((_, table) => batch.map((sentence) => [...idsOf(workload, sentence, table)])),
      targets: members.map(({ targets }) => Array.from(targets)),
    };
  });
  return JSON.stringify({
    features: tables,
    cell,
    hidden,
    tags,
    learningRate: settings.learningRate,
    batches: described,
  });
}
