import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Runs a worker file in a thread of its own, so that two parts of the work run at once, and returns what it reports. */
export const run = async <Report>(file: string, workerData: unknown): Promise<Report> => {
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  const [report] = await once(worker, 'message');
  return report as Report;
};
