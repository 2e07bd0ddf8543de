import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { built } from '../built.js';
import type { Figure, Section } from '../section.js';
import { describeOthers, median, watchOthers } from '../timing.js';
import { TrainingRun } from '../training-run.js';
import { makeWorkload, readBenchCorpus } from '../workload.js';

const REPETITIONS = 9;
/** Processors that others may keep busy before the machine no longer counts as idle. */
const IDLE = 0.2;

interface Comparison {
  readonly ratio: number;
  readonly note: string;
}

/** By turns, so that what disturbs one disturbs the other. */
function compare(one: TrainingRun, two: TrainingRun): Comparison {
  const speeds = { one: [] as number[], two: [] as number[] };
  const others = watchOthers();
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    speeds.one.push(one.pass());
    speeds.two.push(two.pass());
  }
  const busy = others();
  const [oneSpeed, twoSpeed] = [median(speeds.one), median(speeds.two)];
  const best = Math.max(...speeds.two) / Math.max(...speeds.one);
  const note = `best passes ${best.toFixed(2)} x; ${thousands(twoSpeed)} against ${thousands(oneSpeed)} tokens/s; ${describeOthers(busy)}`;
  return { ratio: twoSpeed / oneSpeed, note };
}

/** A process that burns one processor. */
async function startBurning(): Promise<ChildProcess> {
  const burner = spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' });
  await setTimeout(500);
  return burner;
}

async function measureInput(name: string, input: 'concatenate' | 'sum'): Promise<Figure[]> {
  const workload = makeWorkload({ sentences: readBenchCorpus(), inputs: 'all', input, batchCount: 40 });
  const one = await TrainingRun.withWorkers(1, workload);
  const two = await TrainingRun.withWorkers(2, workload);
  let burner: ChildProcess | undefined;
  try {
    for (const run of [one, two]) for (let pass = 0; pass < 2; pass++) run.pass();
    const others = watchOthers();
    await setTimeout(1000);
    const before = others();
    const idle = compare(one, two);
    burner = await startBurning();
    const busy = compare(one, two);
    const disturbed = before > IDLE ? '; NOT IDLE before it began' : '';
    return [
      {
        what: `two workers against one, ${name}`,
        measured: idle.ratio,
        unit: 'x',
        atLeast: 1.6,
        note: idle.note + disturbed,
      },
      {
        what: `the same beside a process that burns a core`,
        measured: busy.ratio,
        unit: 'x',
        atLeast: 1,
        note: busy.note,
      },
    ];
  } finally {
    burner?.kill();
    two.close();
    one.close();
  }
}

function thousands(value: number): string {
  return `${(value / 1000).toPrecision(3)}k`;
}

/** What a second worker is worth, on an idle machine and on a busy one. */
export const sections: Section[] = [
  {
    name: 'workers',
    async run() {
      const { processorCount } = await built('node/processors');
      if (processorCount() < 2) return { skipped: 'this process may use one processor only' };
      return [
        ...(await measureInput('rows side by side', 'concatenate')),
        ...(await measureInput('rows summed', 'sum')),
      ];
    },
  },
];
