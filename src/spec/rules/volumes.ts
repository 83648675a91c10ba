import type { EnvironmentSpec } from '../environment';
import { didYouMean } from '../load/nearest';
import type { EbsVolumeSpec, MountSpec } from '../sections/volumes';
import { either, type Finding, type SpecPath } from './report';
import { runningServices } from './running-services';
import { startedTasks } from './started-tasks';

const LEAST_HARD_DISK = 125; // GiB. https://docs.aws.amazon.com/ebs/latest/userguide/hdd-vols.html

interface Container {
  readonly path: SpecPath;
  readonly efs: readonly MountSpec[];
  readonly ebsVolume?: EbsVolumeSpec | undefined;
}

/** What containers mount is declared, and each thing has a place of its own. */
export function* volumeRules(spec: EnvironmentSpec): Iterable<Finding> {
  const containers: Container[] = [
    ...runningServices(spec).map(({ path, service }) => ({ path, ...service })),
    ...spec.tasks.map((task) => ({ path: ['tasks', task.name], ...task })),
    ...startedTasks(spec).map(({ path, task }) => ({ path, ...task })),
  ];
  const declared = spec.efs.map(({ name }) => name);
  for (const container of containers) {
    yield* mountsDeclared(container, declared);
    yield* mountPoints(container);
    yield* volumeSize(container);
  }
}

function* mountsDeclared({ path, efs }: Container, declared: readonly string[]): Iterable<Finding> {
  for (const { name } of efs) {
    if (declared.includes(name)) continue;
    const known =
      declared.length > 0 ? `there is ${either(declared)}` : 'declare it under "efs:" at the top of the file';
    yield {
      path: [...path, 'efs', name, 'name'],
      expected: 'expected the name of a file system that "efs" declares',
      got: name,
      advice: didYouMean(name, declared, known),
    };
  }
}

function* mountPoints({ path, efs, ebsVolume }: Container): Iterable<Finding> {
  const holders = new Map<string, string>();
  const mounted: { at: SpecPath; what: string; mountPoint: string }[] = [
    ...efs.map(({ name, mountPoint }) => ({ at: [...path, 'efs', name], what: `file system "${name}"`, mountPoint })),
    ...(ebsVolume ? [{ at: [...path, 'ebs_volume'], what: 'the EBS volume', mountPoint: ebsVolume.mountPoint }] : []),
  ];
  for (const { at, what, mountPoint } of mounted) {
    const here = [...at, 'mount_point'];
    const holder = holders.get(mountPoint);
    if (mountPoint === '/') {
      yield { path: here, expected: 'expected a folder below "/"', advice: 'it would hide everything in the image' };
    } else if (/^\/(?:proc|sys|dev)(?:\/|$)/.test(mountPoint)) {
      yield {
        path: here,
        expected: 'expected a folder outside /proc, /sys and /dev',
        advice: 'those are the kernel’s; the container would not start',
      };
    } else if (holder !== undefined) {
      yield {
        path: here,
        expected: 'expected a mount point that is not taken',
        advice: `${holder} is there already; the container would not start`,
      };
    }
    holders.set(mountPoint, what);
  }
}

function* volumeSize({ path, ebsVolume }: Container): Iterable<Finding> {
  if (!ebsVolume || !['st1', 'sc1'].includes(ebsVolume.type) || ebsVolume.size >= LEAST_HARD_DISK) return;
  yield {
    path: [...path, 'ebs_volume', 'size'],
    expected: `expected at least ${LEAST_HARD_DISK} GiB, the least of ${ebsVolume.type}`,
    advice: 'EBS refuses the volume and no task starts; gp3 begins at 1 GiB',
  };
}
