import type { Bucket } from '../blocks/data/bucket';
import type { EnvironmentSpec } from '../spec/environment';
import type { Data } from './data';

/** The bucket that `access_logs` names. */
export function findLogBucket({ buckets }: Pick<Data, 'buckets'>, name: string | undefined): Bucket | undefined {
  if (name === undefined) return undefined;
  const bucket = buckets.get(`buckets.${name}`);
  if (!bucket) throw new Error(`no bucket is called "${name}"`);
  return bucket;
}

/** Logs the requests to each bucket that says so. */
export function allowAccessLogs(spec: EnvironmentSpec, data: Pick<Data, 'buckets'>): void {
  for (const { name, accessLogs } of spec.buckets) {
    const target = findLogBucket(data, accessLogs);
    if (target) findLogBucket(data, name)?.logTo(target);
  }
}
