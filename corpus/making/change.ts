import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Patch, TextChange } from './case';

/** Puts other text into a file. */
export function changeText(folder: string, { file, from, to }: TextChange): void {
  const path = join(folder, file);
  writeFileSync(path, once(readFileSync(path, 'utf8'), from, to, file));
}

/** Changes a document of JSON where it lies. */
export function patch(path: string, patches: readonly Patch[]): void {
  const document = JSON.parse(readFileSync(path, 'utf8')) as Json;
  for (const one of patches) {
    const pointer = one.json ?? `${pointerOf(document, one.state ?? '')}${one.path ?? ''}`;
    apply(document, pointer, one);
  }
  dropEmptyTypes(document);
  writeFileSync(path, JSON.stringify(document, null, 2));
}

/** Takes a resource out of a state. */
export function forget(path: string, addresses: readonly string[]): void {
  const state = JSON.parse(readFileSync(path, 'utf8')) as Json;
  for (const address of addresses) {
    const [, index = ''] = pointerOf(state, address).split('/').slice(1);
    (state['resources'] as unknown[]).splice(Number(index), 1);
  }
  writeFileSync(path, JSON.stringify(state, null, 2));
}

/** Marks resources of a state as broken. */
export function taint(path: string, addresses: readonly string[]): void {
  const ofInstance = (state: Json, address: string) => pointerOf(state, address).replace(/attributes$/, 'status');
  const state = JSON.parse(readFileSync(path, 'utf8')) as Json;
  for (const address of addresses) apply(state, ofInstance(state, address), { op: 'add', value: 'tainted' });
  writeFileSync(path, JSON.stringify(state, null, 2));
}

type Json = { [key: string]: unknown };

function apply(document: Json, pointer: string, { op = 'replace', value, from = '', to = '' }: Patch): void {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document) as Json | undefined;
  if (parent === undefined) throw new Error(`corpus: expected a parent of ${pointer}, got none`);
  if (op !== 'add' && !(last in parent)) throw new Error(`corpus: expected something at ${pointer}, got nothing`);
  if (op === 'remove') Array.isArray(parent) ? parent.splice(Number(last), 1) : delete parent[last];
  else if (op === 'edit') parent[last] = once(String(parent[last]), from, to, pointer);
  else if (op === 'add' && Array.isArray(parent)) parent.splice(last === '-' ? parent.length : Number(last), 0, value);
  else parent[last] = value;
}

/** Terraform takes no type of which there is nothing. */
function dropEmptyTypes({ resource }: Json): void {
  const types = (resource ?? {}) as Json;
  for (const [type, ones] of Object.entries(types)) if (Object.keys(ones as Json).length === 0) delete types[type];
}

/** Where a state has the attributes of a resource. */
function pointerOf(state: Json, address: string): string {
  const [type, name] = address.split('.');
  const resources = state['resources'] as { type: string; name: string; mode: string }[];
  const index = resources.findIndex((one) => one.mode === 'managed' && one.type === type && one.name === name);
  if (index === -1) throw new Error(`corpus: expected ${address} in the state, got nothing of that address`);
  return `/resources/${index}/instances/0/attributes`;
}

function once(text: string, from: string, to: string, where: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`corpus: expected once in ${where}, got ${parts.length - 1} times: ${from}`);
  return parts.join(to);
}
