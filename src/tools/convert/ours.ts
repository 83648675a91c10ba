import * as z from 'zod';
import { environmentFile } from '../../spec/environment-file';
import { camelCase, schemaAt, snakeCase } from '../../spec/load/casing';

/** The schema of a key of our language such as `services[].cpu`, or undefined where there is no such key. */
export function ours(place: string): z.ZodType | undefined {
  const steps = stepsOf(place);
  const camel = steps.map((step) => (step.startsWith('[') ? 0 : camelCase(step)));
  if (steps.some((step) => !step.startsWith('[') && snakeCase(camelCase(step)) !== step)) return undefined;
  const found = schemaAt(environmentFile, camel);
  return found instanceof z.ZodType ? found : undefined;
}

/** `services[].cpu` as `services`, `[]`, `cpu`. */
export function stepsOf(place: string): string[] {
  return [...place.matchAll(/\[[^\]]*\]|[^.[\]]+/g)].map(([step]) => step);
}

/**
 * A value as our language takes it: a number for a number in quotes, true for "yes", a list for a single value, text for
 * what YAML took for a number. What none of these fits stays, for the checks to explain.
 */
export function asOurs(place: string, value: unknown, written: string | undefined): unknown {
  const schema = ours(place);
  if (schema === undefined || schema.safeParse(value).success) return value;
  return waysToSay(value, written).find((way) => schema.safeParse(way).success) ?? value;
}

function waysToSay(value: unknown, written: string | undefined): unknown[] {
  if (typeof value === 'object') return Array.isArray(value) && value.every(isSingle) ? [value.map(String)] : [];
  const text = written ?? String(value);
  const number = /^[+-]?\d+(?:\.\d+)?$/.test(text) ? [Number(text)] : [];
  const flag = /^(?:true|yes|on)$/i.test(text) ? [true] : /^(?:false|no|off)$/i.test(text) ? [false] : [];
  return [...number, ...flag, text, text.trim(), text.toLowerCase(), [value], [text]];
}

function isSingle(value: unknown): boolean {
  return typeof value !== 'object';
}
