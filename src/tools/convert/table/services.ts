import { dropped, either, kept, refused, type Table, textOf, to, unlessItSays } from '../treatments';
import { command } from '../values';
import { containerKeys, variables } from './containers';

/** Further services. */
export const serviceKeys: Table = {
  ...containerKeys('services[]'),
  'services[].container_command': to('services[].command', command),
  'services[].container_port': kept(),
  'services[].host_port': either(
    ({ value, beside }) => textOf(value) === textOf(beside('container_port') ?? 3000),
    dropped('is container_port on Fargate'),
    refused('Fargate publishes a port under its own number: container_port alone counts'),
  ),
  'services[].desired_count': kept(),
  'services[].remote_access': to('services[].ecs_exec'),
  'services[].xray_enabled': kept(),
  'services[].essential': unlessItSays(true, refused('a service has one container, which is always essential')),
  ...variables('services[].env_vars', 'services[].env_variables'),
  ...variables('services[].env_variables', 'services[].env_variables'),
  ...variables('services[].environment_variables', 'services[].env_variables'),
  'services[].env_files_s3[].bucket': kept(),
  'services[].env_files_s3[].key': kept(),
  'services[].public_access': refused(
    'had no effect in the other tool: who may connect follows from ingress and route',
  ),
  'services[].health_check_path': refused('had no effect in the other tool: with a route, health_endpoint says it'),
  'services[].api_domain_prefix': refused('had no effect in the other tool: a service answers under /<name>/'),
  'services[].path': refused(
    'not a key of the dialect, though its readme shows it: write route, or leave it out for /<name>/',
  ),
  'services[].port': refused('not a key of the dialect, though its readme shows it: write container_port'),
};
