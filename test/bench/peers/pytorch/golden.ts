// npx tsx test/bench/peers/pytorch/golden.ts: prints PyTorch's losses for test/training/pytorch-agreement.test.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AGREEMENT_STEPS, type AgreementCase, agreementWorkload, startAgreement } from '../../../helpers/agreement.js';
import { writeWorkload } from '../../workload-file.js';
import { startPyTorch } from './start.js';

const folder = await mkdtemp(join(tmpdir(), 'rnn-tagger-golden-'));
for (const [name, steps] of Object.entries(AGREEMENT_STEPS)) {
  const workload = agreementWorkload(name as AgreementCase);
  writeWorkload(folder, workload, (await startAgreement(workload)).network);
  const peer = await startPyTorch(folder);
  if ('skipped' in peer) throw new Error(peer.skipped);
  const losses = await peer.ask<number[]>(`losses ${steps}`);
  peer.close();
  process.stdout.write(`'${name}': [${losses.map((loss) => Number(loss.toPrecision(8))).join(', ')}],\n`);
}
await rm(folder, { recursive: true });
