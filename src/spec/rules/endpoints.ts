import type { EnvironmentSpec } from '../environment';
import { isOwn } from '../sections/network';
import { type EndpointService, isGateway } from '../values/endpoints';
import { endpointNeeds } from './endpoint-needs';
import type { Finding } from './report';

/** Endpoints that are routes have tables to stand in, and what runs has a way to what it needs. */
export function* endpointRules(spec: EnvironmentSpec): Iterable<Finding> {
  const { existing, endpoints } = spec.network;
  if (existing) yield* routeTables(existing.routeTables, endpoints.filter(isGateway));
  else if (isOwn(spec.network) && spec.network.natGateways === 'none') yield* withoutGateways(spec);
}

function* routeTables(tables: readonly string[], services: readonly EndpointService[]): Iterable<Finding> {
  const path = ['network', 'existing', 'route_tables'];
  if (services.length > 0 && tables.length === 0) {
    yield {
      path,
      expected: `expected the route tables of the private subnets, because the endpoint "${services[0]}" adds a route to each`,
      got: undefined,
      advice: `whoever manages them must agree; without that, leave "${services[0]}" out of "endpoints"`,
    };
  }
  if (services.length === 0 && tables.length > 0) {
    yield {
      path,
      expected: 'expected none without the endpoint "s3" or "dynamodb", because nothing else edits them',
      advice: 'write "endpoints: [s3]" beside "existing", or leave the tables out',
    };
  }
}

/** The first task that could not start, or else the first of all that run that could not work, and what is lacking. */
function* withoutGateways(spec: EnvironmentSpec): Iterable<Finding> {
  const { endpoints } = spec.network;
  const path = ['network', 'nat_gateways'];
  const needs = endpointNeeds(spec);
  const enough = [...new Set([...endpoints, ...needs.flatMap(({ toStart }) => toStart)])];
  const stuck = needs.find(({ toStart, foreignImage }) => foreignImage !== undefined || lacking(toStart).length > 0);
  if (stuck) {
    yield {
      path,
      expected: `expected "single" or "per_zone", because ${stuck.path.join('.')} gets its image and its secrets over HTTPS`,
      advice:
        stuck.foreignImage === undefined
          ? `its tasks would never start; to keep "none", write "endpoints: [${enough.join(', ')}]"`
          : `its tasks would never start; endpoints lead to images in private ECR repositories of this region alone, not to "${stuck.foreignImage}"`,
    };
    return;
  }
  const deaf = needs.find(({ toWork }) => lacking(toWork).length > 0);
  if (!deaf) return;
  const all = [...new Set([...enough, ...needs.flatMap(({ toWork }) => toWork)])];
  const bySmtp = lacking(deaf.toWork).includes('email-smtp') ? ' and send email by SMTP' : '';
  yield {
    path,
    expected: `expected "single" or "per_zone", because ${deaf.path.join('.')} asks ${lacking(deaf.toWork).join(', ')} over HTTPS`,
    advice: `it would never get an answer; to keep "none", write "endpoints: [${all.join(', ')}]"${bySmtp}`,
  };

  function lacking(services: readonly EndpointService[]): EndpointService[] {
    return services.filter((service) => !endpoints.includes(service));
  }
}
