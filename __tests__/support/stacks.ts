import { Testing } from 'cdktf';
import { EnvironmentStack } from '../../src/environment/environment-stack';
import { loadEnvironments } from '../../src/spec/load/load';
import { folder } from './files';

/** The Terraform JSON of an environment file, as text for matchers. */
export function synth(dev: string): string {
  const [environment] = loadEnvironments([folder({ 'demo/dev.yaml': dev })]);
  if (!environment) throw new Error('no environment was read');
  return Testing.synth(new EnvironmentStack(Testing.app({ stackTraces: false }), environment.spec));
}

/** One resource of synthesized Terraform, by its address. */
export function resource(terraform: string, address: string): Record<string, unknown> {
  const [type = '', name = ''] = address.split('.');
  const found = JSON.parse(terraform).resource?.[type]?.[name];
  if (!found) throw new Error(`there is no ${address}`);
  return found;
}
