/** A service that runs the images of a repository, and the container that does. */
export interface Target {
  readonly service: string;
  readonly container: string;
}

/** What Terraform tells the deployer about its environment. */
export interface Settings {
  readonly cluster: string;
  readonly registry: string;

  /** Services by the name of their repository: no others are ever touched. */
  readonly targets: ReadonlyMap<string, readonly Target[]>;

  /** Patterns of the tags that are deployed. */
  readonly tags: readonly string[];
}

/** Reads the variables `CLUSTER`, `REGISTRY`, `TARGETS` and `TAGS`. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const read = (name: string) => {
    const value = variables[name];
    if (!value) throw new Error(`expected the variable ${name}`);
    return value;
  };
  return {
    cluster: read('CLUSTER'),
    registry: read('REGISTRY'),
    targets: new Map(Object.entries(JSON.parse(read('TARGETS')) as Record<string, Target[]>)),
    tags: JSON.parse(read('TAGS')) as string[],
  };
}
