import type { Resource } from '../terraform';

const INTERNET = '0.0.0.0/0';
/** What a task needs before its code runs. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const TO_START = ['ecr.api', 'ecr.dkr', 'logs', 's3'];
const STANDING = /^aws_(?:ecs_service|lambda_function|scheduler_schedule|cloudwatch_event_target)$/;

/** Subnets of a stack's own network that don't lead where those who stand in them have to go. */
export function* routeFaults(resources: readonly Resource[]): Iterable<string> {
  const network = new Routes(resources);
  for (const subnet of network.subnets) {
    if (/^aws_subnet\.network_public_/.test(subnet.address) && network.wayOut(subnet) !== 'internet')
      yield `${subnet.address}: expected a default route to the internet gateway, got ${network.wayOut(subnet)}: load balancers and NAT gateways in it reach nobody`;
    const standing = resources.filter((each) => STANDING.test(each.type) && holds(each.values, subnet.values['id']));
    for (const { address, values } of standing) {
      const wayOut = network.wayOut(subnet);
      if (
        wayOut === 'NAT' ||
        wayOut === 'transit' ||
        (wayOut === 'internet' && holds(values, true, 'assign_public_ip'))
      )
        continue;
      const lacking = network.lacks(subnet);
      if (lacking.length > 0)
        yield `${subnet.address}: expected a default route to a NAT gateway or the endpoints of ${lacking.join(', ')}, got ${wayOut}: ${address} in it reaches nothing outside the VPC`;
    }
  }
}

/** What lies where, by the ids that AWS has given. */
class Routes {
  constructor(private readonly resources: readonly Resource[]) {}

  get subnets(): Resource[] {
    return this.of('aws_subnet');
  }

  /** Where what the VPC doesn't know goes to. */
  wayOut(subnet: Resource): string {
    const route = this.of('aws_route').find(
      ({ values }) =>
        values['route_table_id'] === this.tableOf(subnet) && values['destination_cidr_block'] === INTERNET,
    )?.values;
    if (route === undefined) return 'none';
    if (this.find('aws_internet_gateway', route['gateway_id'])) return 'internet';
    if (route['transit_gateway_id']) return 'transit';
    const nat = this.find('aws_nat_gateway', route['nat_gateway_id']);
    const place = this.find('aws_subnet', nat?.values['subnet_id']);
    if (nat === undefined || place === undefined) return 'one to something else';
    return this.wayOut(place) === 'internet' ? 'NAT' : `one to ${nat.address}, which has none itself`;
  }

  /** Endpoints that tasks without a way out still need. */
  lacks(subnet: Resource): string[] {
    const endpoints = this.of('aws_vpc_endpoint').filter(
      ({ values }) =>
        values['vpc_endpoint_type'] !== 'Gateway' || holds(values, this.tableOf(subnet), 'route_table_ids'),
    );
    const there = endpoints.map(({ values }) => String(values['service_name']).replace(/^com\.amazonaws\.[^.]+\./, ''));
    const asked = this.of('aws_ecs_task_definition').some(({ values }) =>
      String(values['container_definitions']).includes(':secretsmanager:'),
    );
    return [...TO_START, ...(asked ? ['secretsmanager'] : [])].filter((service) => !there.includes(service));
  }

  private tableOf(subnet: Resource): unknown {
    const ties = this.of('aws_route_table_association').map(({ values }) => values);
    return ties.find((tie) => tie['subnet_id'] === subnet.values['id'])?.['route_table_id'];
  }

  private of(type: string): Resource[] {
    return this.resources.filter((each) => each.mode === 'managed' && each.type === type);
  }

  private find(type: string, id: unknown): Resource | undefined {
    return this.of(type).find(({ values }) => values['id'] === id);
  }
}

/** Whether a value is anywhere in what Terraform has, or anywhere below one key of it. */
function holds(values: unknown, wanted: unknown, below?: string): boolean {
  if (values === wanted) return below === undefined;
  if (typeof values !== 'object' || values === null) return false;
  return Object.entries(values).some(([key, value]) => holds(value, wanted, key === below ? undefined : below));
}
