/** What an emulator refuses although AWS takes it. */
export interface Gap {
  readonly name: string;
  /** The emulator's own words. */
  readonly error: RegExp;
  /** Terraform that meets the gap and nothing else; if it applies, the gap has vanished and leaves this list. */
  readonly probe: object;
  /** What has to be otherwise in a stack that meets it, as Terraform's override file; nothing where it doesn't. */
  readonly override: (resources: Resources) => object | undefined;
}

export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const database = {
  identifier: 'gap',
  engine: 'postgres',
  engine_version: '16.3',
  instance_class: 'db.t4g.micro',
  allocated_storage: 20,
  username: 'gap',
  password: 'not-a-secret',
  skip_final_snapshot: true,
  backup_window: '03:00-04:00',
  maintenance_window: 'sun:04:00-sun:05:00',
};

export const gaps: readonly Gap[] = [
  {
    name: 'a maintenance window that begins when the backup window ends',
    error: /The backup window and maintenance window must not overlap/,
    probe: { resource: { aws_db_instance: { gap: database } } },
    override: (resources) =>
      overriding(
        resources,
        'aws_db_instance',
        { maintenance_window: 'sun:05:00-sun:06:00' },
        (one) => one['backup_window'] === '03:00-04:00' && one['maintenance_window'] === 'sun:04:00-sun:05:00',
      ),
  },
];

function overriding(
  resources: Resources,
  type: string,
  values: object,
  meets: (one: Record<string, unknown>) => boolean,
): object | undefined {
  const met = Object.entries(resources[type] ?? {}).filter(([, one]) => meets(one as Record<string, unknown>));
  return met.length === 0
    ? undefined
    : { resource: { [type]: Object.fromEntries(met.map(([name]) => [name, values])) } };
}
