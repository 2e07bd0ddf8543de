import { serveTasks } from './node/thread-server.js';
import { trainOnce } from './trainings.js';

serveTasks(trainOnce);
