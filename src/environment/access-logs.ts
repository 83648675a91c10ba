import { Bucket } from '../blocks/data/bucket';
import type { ExistingBucket } from '../blocks/data/existing-bucket';
import type { EnvironmentSpec } from '../spec/environment';
import type { Data } from './data';

/** The bucket that `access_logs` names. */
export function findLogBucket(
  { buckets }: Pick<Data, 'buckets'>,
  name: string | undefined,
): Bucket | ExistingBucket | undefined {
  if (name === undefined) return undefined;
  const bucket = buckets.get(`buckets.${name}`);
  if (!bucket) throw new Error(`no bucket is called "${name}"`);
  return bucket;
}

/** The buckets whose policies are ours to write. */
export function managedBuckets({ buckets }: Pick<Data, 'buckets'>): ReadonlyMap<string, Bucket> {
  return new Map([...buckets].flatMap(([name, bucket]) => (bucket instanceof Bucket ? [[name, bucket]] : [])));
}

/** Logs the requests to each bucket that says so. */
export function allowAccessLogs(spec: EnvironmentSpec, data: Pick<Data, 'buckets'>): void {
  const managed = managedBuckets(data);
  for (const { name, accessLogs } of spec.buckets) {
    const target = findLogBucket(data, accessLogs);
    if (target) managed.get(`buckets.${name}`)?.logTo(target);
  }
}
