import { dataHolders } from './data/data-holders';
import { keepers } from './data/keepers';
import { traffic } from './outages/traffic';
import { PLAIN, plainEffects } from './plain-types';

/** Whether it is known what depends on things of a type: data, traffic, or neither. */
export function isKnown(type: string): boolean {
  return [dataHolders, keepers, traffic, plainEffects].some((table) => Object.hasOwn(table, type)) || PLAIN.test(type);
}
