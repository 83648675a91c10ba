import type { Resource } from '../../graph/resource-graph';
import { textsAt, valuesAt } from '../../graph/values';
import type { Host } from './hosts';
import { numberOf } from './ports';

/** Whether a host has an IPv6 address. All of AWS's are addresses of the internet, so that routes alone decide who gets there. */
export function hasVersion6({ resource, subnets }: Pick<Host, 'resource' | 'subnets'>): boolean {
  const { type, values } = resource;
  if (/^aws_a?lb$/.test(type)) return textsAt(values, 'ip_address_type').some((text) => text.startsWith('dualstack'));
  const prefix = INTERFACES[type];
  if (prefix === undefined) return false;
  const listed = textsAt(values, `${prefix}ipv6_addresses`).some((text) => text !== '');
  const counted = valuesAt(values, `${prefix}ipv6_address_count`).some(isSome);
  return listed || counted || subnets.some(givesVersion6);
}

/** Where hosts say what addresses they have. */
const INTERFACES: Readonly<Record<string, string>> = {
  aws_instance: '',
  aws_network_interface: '',
  aws_launch_template: 'network_interfaces.',
};

function isSome(count: unknown): boolean {
  return (numberOf(count) ?? 0) > 0;
}

function givesVersion6({ values }: Resource): boolean {
  return values['assign_ipv6_address_on_creation'] === true;
}
