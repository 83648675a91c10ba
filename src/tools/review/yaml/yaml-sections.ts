import { nameOf, type Path, type Tree } from '../../../spec/load/tree';

/** Which section of an environment file makes what is called so: the beginning of a resource's name, and the path in the file. */
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  network: ['network'],
  database_user: ['postgres.application_user', 'mysql.application_user', 'postgres', 'mysql'],
  database: ['postgres', 'mysql', 'oracle'],
  redis: ['redis'],
  users: ['cognito'],
  push: ['workload.setup_fcnsns'],
  email: ['ses'],
  domain: ['domain', 'ses', 'http_api'],
  alb: ['alb'],
  cluster: ['cluster'],
  service_discovery: ['cluster', 'services', 'workload'],
  cdn_waf: ['waf'],
  waf: ['waf'],
  cdn: ['cdn'],
  http_api: ['http_api', 'services', 'workload'],
  workload: ['workload'],
  pgadmin_password: ['postgres.pgadmin'],
  pgadmin: ['postgres.pgadmin'],
  delivery: ['delivery'],
  pipeline: ['pipeline'],
  saved_query: ['logs'],
  alarms: ['alarms'],
  billing_alarm: ['alarms', 'budget'],
  dashboard: ['dashboard'],
  budget: ['budget'],
  schedules: ['scheduled_tasks'],
  tasks: ['tasks', 'scheduled_tasks', 'event_processor_tasks'],
  state: ['state'],
  trail: ['account'],
  config: ['account'],
  github: ['account'],
  ses_suppression: ['account'],
  cost_tag: ['account'],
};

/** The same for lists of named things: `bucket_media` is `buckets[media]`. */
const LISTS: Readonly<Record<string, string>> = {
  service: 'services',
  task: 'tasks',
  scheduled_task: 'scheduled_tasks',
  event_task: 'event_processor_tasks',
  function: 'functions',
  queue: 'sqs',
  topic: 'topics',
  bucket: 'buckets',
  secret: 'secrets',
  efs: 'efs',
};

/** What does not come from a section of its own. */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  provider: ['region', 'tags', 'account_id', 'project', 'env'],
  terraform: ['state'],
};

/**
 * Where an environment file says what an address comes from, the likeliest first; of a connection, that of the thing that
 * has the rule and then that of its peer.
 */
export function sectionsOf(address: string, tree: Tree): readonly Path[] {
  const [type = '', name = ''] = address.replace(/^data\./, '').split('.');
  const settings = SETTINGS[type];
  if (settings) return settings.map((key) => [key]);
  const [, peer] = /_connections_(?:from|to)_(\w+)$/.exec(name) ?? [];
  return [name, ...(peer === undefined ? [] : [peer])].flatMap((each) => sectionsOfName(each, tree));
}

/** The keys that a name may come from, whatever an environment has; for tests. */
export function sectionKeys(): readonly string[] {
  return [
    ...Object.values(SECTIONS)
      .flat()
      .map((path) => path.split('.')[0] ?? ''),
    ...Object.values(LISTS),
  ];
}

function sectionsOfName(name: string, tree: Tree): readonly Path[] {
  const list = longest(Object.keys(LISTS), name);
  const section = longest(Object.keys(SECTIONS), name);
  if (section !== undefined && (list === undefined || section.length > list.length)) {
    const paths = (SECTIONS[section] ?? []).map((path) => path.split('.'));
    return paths.sort((one, other) => Number(isWritten(tree, other)) - Number(isWritten(tree, one)));
  }
  const key = list === undefined ? undefined : LISTS[list];
  return list === undefined || key === undefined ? [] : itemsOf(name.slice(list.length + 1), key, tree);
}

/** The thing of a list whose name a resource's name begins with. */
function itemsOf(rest: string, key: string, tree: Tree): readonly Path[] {
  const found = tree.kind === 'map' ? tree.entries.get(key)?.value : undefined;
  const names = found?.kind === 'list' ? found.items.flatMap((item) => nameOf(item) ?? []) : [];
  const own = longest(names.map(idOf), rest);
  const name = names.find((one) => idOf(one) === own);
  // The backend's bucket is written with the workload, the bucket of logs where logs are switched on.
  const elsewhere = key === 'buckets' ? [['workload', 'bucket_postfix'], ['logs'], ['alb'], ['cdn']] : [];
  return name === undefined ? [...elsewhere.filter((path) => isWritten(tree, path)), [key]] : [[key, name]];
}

function longest(ids: readonly string[], name: string): string | undefined {
  const fitting = ids.filter((id) => name === id || name.startsWith(`${id}_`));
  return fitting.sort((one, other) => other.length - one.length)[0];
}

/** As a name stands in addresses. */
function idOf(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_]/g, '_');
}

function isWritten(tree: Tree, path: Path): boolean {
  let here: Tree | undefined = tree;
  for (const step of path) here = here?.kind === 'map' ? here.entries.get(String(step))?.value : undefined;
  return here !== undefined;
}
