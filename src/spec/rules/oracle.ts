import type { DatabaseSpec } from '../sections/database';
import type { Finding } from './report';

/**
 * Edition, licence, version and class of Oracle.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.Licensing.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.InstanceClasses.html
 */
export function* oracleRules({ engine, ofOracle, engineVersion, instanceClass }: DatabaseSpec): Iterable<Finding> {
  if (!ofOracle) return;
  const { edition, license } = ofOracle;
  if (edition.startsWith('ee') && license === 'license-included') {
    yield {
      path: [engine, 'license'],
      expected: `expected "bring-your-own-license", because AWS sells no licence for Enterprise Edition (edition "${edition}")`,
      advice: 'RDS refuses the instance; "license-included" goes with edition "se2"',
    };
  }
  if (license === 'license-included' && !/^db\.(?:t3|m5|m7i|r5|r6i|r7i)\./.test(instanceClass)) {
    yield {
      path: [engine, 'instance_class'],
      expected: 'expected a class of the families t3, m5, m7i, r5, r6i or r7i, for which AWS sells the licence',
      advice: 'RDS refuses the instance; others go with "bring-your-own-license"',
    };
  }
  const size = Number(/\.(\d+)xlarge$/.exec(instanceClass)?.[1] ?? 0);
  if (edition.startsWith('se2') && size > 4) {
    yield {
      path: [engine, 'instance_class'],
      expected: 'expected at most 16 vCPU (4xlarge), all that Standard Edition Two may use',
      advice: 'RDS refuses the instance; Enterprise Edition has larger ones',
    };
  }
  if (engineVersion.startsWith('21') && !edition.endsWith('-cdb')) {
    yield {
      path: [engine, 'edition'],
      expected: `expected "${edition}-cdb", because Oracle 21 has the container architecture alone`,
      advice: 'RDS refuses the instance',
    };
  }
  if (license !== 'license-included' && /^db\.[a-z]+\d+g[a-z]*\.|\.micro$/.test(instanceClass)) {
    yield {
      path: [engine, 'instance_class'],
      expected:
        'expected a class with Intel or AMD processors and at least 2 GiB, such as "db.t3.small" or "db.m6i.large"',
      advice: 'RDS has Oracle on no other',
    };
  }
}
