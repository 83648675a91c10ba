import * as z from 'zod';
import { text } from './fields';

/**
 * Availability zone letters by region, for accounts opened today.
 *
 * Source: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const zoneLetters: Readonly<Record<string, string>> = {
  'af-south-1': 'abc',
  'ap-east-1': 'abc',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ap-northeast-3': 'abc',
  'ap-south-1': 'abc',
  'ap-south-2': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-4': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-7': 'abc',
  'ca-central-1': 'abd',
  'ca-west-1': 'abc',
  'eu-central-1': 'abc',
  'eu-central-2': 'abc',
  'eu-north-1': 'abc',
  'eu-south-1': 'abc',
  'eu-south-2': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'il-central-1': 'abc',
  'me-central-1': 'abc',
  'me-south-1': 'abc',
  'mx-central-1': 'abc',
  'sa-east-1': 'abc',
  'us-east-1': 'abcdef',
  'us-east-2': 'abc',
  'us-west-1': 'abc',
  'us-west-2': 'abcd',
};

/** Every region of the standard partition that the language knows. */
export const regions: readonly string[] = Object.keys(zoneLetters);

/** The availability zones of a region in order, `["eu-central-1a", …]`. */
export function zonesOf(region: string): string[] {
  return [...(zoneLetters[region] ?? '')].map((letter) => region + letter);
}

/** One of AWS's regions; `example` is close to what the key is for. */
export function awsRegion(example: string) {
  return z.enum(regions as readonly [string, ...string[]], { error: `expected a region such as "${example}"` });
}

export const availabilityZone = text('an availability zone such as "us-east-1a"', /^[a-z]{2}-[a-z]+-\d[a-z]$/);
