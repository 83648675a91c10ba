import type { DatabaseSpec } from '../sections/database';
import { engines } from '../values/engines';
import type { Finding } from './report';

/** The newest minor version of each major one that RDS makes no new instance of, as of November 2026. */
const retiredUpTo: Readonly<Record<string, number>> = {
  postgres14: 17,
  postgres15: 12,
  postgres16: 8,
  postgres17: 4,
};

/** Families past the end of RDS's standard support, and since when. */
const extended: Readonly<Record<string, string>> = {
  postgres11: '29 February 2024',
  postgres12: '28 February 2025',
  postgres13: '28 February 2026',
  'mysql8.0': '31 July 2026',
};

/**
 * Versions that work today and will not for long.
 *
 * Sources: https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html.
 */
export function* versionRules({ engine, engineVersion, family }: DatabaseSpec): Iterable<Finding> {
  const major = family.slice(engine.length);
  const minor = Number(engineVersion.slice(major.length + 1));
  const path = [engine, 'engine_version'];
  if (engineVersion !== major && minor <= (retiredUpTo[family] ?? -1)) {
    yield {
      path,
      warning: true,
      expected: `expected "${major}", which follows its newest release`,
      advice: `RDS has retired ${major}.0 to ${major}.${retiredUpTo[family]}: it makes no new instance of them, so a first apply fails, and upgrades those there are`,
    };
  }
  if (extended[family] !== undefined) {
    yield {
      path,
      warning: true,
      expected: 'expected a version with standard support',
      advice: `that of ${engines[engine].title} ${major} ended on ${extended[family]}; RDS charges Extended Support by the vCPU hour`,
    };
  }
}
