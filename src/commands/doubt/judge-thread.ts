import { serveTasks } from '../../node/thread-pool.js';
import { type JudgedCorpus, type JudgingTask, judgePart } from './judge.js';

serveTasks((corpus: JudgedCorpus) => (task: JudgingTask) => judgePart(corpus, task));
