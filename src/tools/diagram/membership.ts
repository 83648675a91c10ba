import { type Resource, withoutKeys } from '../graph/resource-graph';
import { kindOf } from './kinds';
import type { Links } from './links';
import { type Belonging, belongings } from './parts';

/** Finds the thing that each resource of a stack belongs to. */
export class Membership {
  private readonly things: ReadonlyMap<string, readonly Resource[]>;
  private readonly found = new Map<Resource, Resource | undefined>();

  constructor(private readonly links: Links) {
    const byName = new Map<string, Resource[]>();
    for (const one of links.graph.resources) {
      if (kindOf(one)) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
    }
    this.things = byName;
  }

  /** The resource that a thing is named after; itself where it is one; nothing where it is part of no thing. */
  thingOf(resource: Resource): Resource | undefined {
    if (!this.found.has(resource)) this.found.set(resource, this.look(resource, new Set()));
    return this.found.get(resource);
  }

  private look(resource: Resource, passed: ReadonlySet<Resource>): Resource | undefined {
    const on = new Set([...passed, resource]);
    for (const way of belongings[resource.type] ?? []) {
      const things = new Set(
        this.owners(resource, way)
          .filter((owner) => !on.has(owner))
          .flatMap((owner) => this.look(owner, on) ?? []),
      );
      const [thing] = things;
      // What several things share belongs to none of them.
      if (thing && ('names' in way || sameThing(things))) return thing;
    }
    if (kindOf(resource)) return resource;
    const [owner] = this.continued(resource, undefined).filter((one) => !on.has(one));
    return owner && this.look(owner, on);
  }

  private owners(resource: Resource, way: Belonging): readonly Resource[] {
    if ('names' in way) return this.links.named(resource, way.at, way.names);
    if ('namedBy' in way) return way.namedBy.flatMap((type) => this.links.naming(resource, type, way.at));
    return this.continued(resource, way.continues);
  }

  /** `workload_scaling_in` continues `workload`: the longest name counts. */
  private continued({ name, mode }: Resource, types: readonly string[] | undefined): readonly Resource[] {
    if (mode === 'data') return [];
    const words = name.split('_');
    for (let length = words.length - 1; length > 0; length--) {
      const things = this.things.get(words.slice(0, length).join('_')) ?? [];
      const fitting = things.filter(({ type }) => types === undefined || types.includes(type));
      if (fitting.length > 0) return fitting;
    }
    return [];
  }
}

function sameThing(things: ReadonlySet<Resource>): boolean {
  return new Set([...things].map(({ address }) => withoutKeys(address))).size === 1;
}
