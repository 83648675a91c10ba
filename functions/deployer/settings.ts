/** A service that runs the images of a repository, and the container that does. */
export interface ServiceTarget {
  readonly service: string;
  readonly container: string;
}

/** The same of a task that runs when something starts it, by the family of its task definition. */
export interface TaskTarget {
  readonly family: string;
  readonly container: string;
}

export type Target = ServiceTarget | TaskTarget;

/** What Terraform tells the deployer about its environment. */
export interface Settings {
  readonly cluster: string;
  readonly registry: string;

  /** Services and tasks by the name of the repository: no others are ever touched. */
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
