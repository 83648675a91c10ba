import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import { type DomainSpec, isWithin, parentDomain } from '../../spec/sections/domain';
import { Import } from '../../terraform/import';
import { constructId, scopeIn } from '../../terraform/logical-ids';

/** Where an alias record points. */
export interface AliasTarget {
  readonly dnsName: string;
  readonly zoneId: string;
}

export interface CertificateProps {
  /** The names it covers, the first of them the main one. */
  readonly names: readonly string[];

  /** For a certificate in another region, such as CloudFront's in us-east-1. */
  readonly provider?: AwsProvider | undefined;
}

export interface RecordProps {
  readonly name: string;
  readonly under: string;
  readonly type: 'TXT' | 'CNAME';
  readonly value: string;
}

const WILDCARD = /^\*\./;

/** The hosted zone of the environment's domain, and what is written into it. */
export class Domain extends Construct {
  readonly name: string;
  readonly zoneId: string;

  /** Name servers for the parent's NS record; empty for a zone that is not managed here. */
  readonly nameServers: string | undefined;

  /** False until the parent points here: certificates would wait in vain. */
  readonly delegated: boolean;

  /** Certificates that nothing has asked for, by the names they cover. */
  private readonly atHand = new Map<string, string>();
  private readonly rootDomain: string;

  /** Zones of names outside this one, by their domain. */
  private readonly outside = new Map<string, string>();

  constructor(scope: Construct, id: string, props: DomainSpec) {
    super(scope, id);
    this.name = props.name;
    this.rootDomain = props.domainName;
    this.delegated = props.delegated;
    const { existing, import: imported } = zoneSource(props);
    if (existing === undefined) {
      const zone = new Route53Zone(this, 'Default', { name: props.name, comment: `Records of ${props.name}` });
      this.zoneId = zone.zoneId;
      this.nameServers = `\${join(", ", ${zone.fqn}.name_servers)}`;
      if (imported !== undefined) new Import(zone, imported);
    } else {
      this.zoneId = existingZone(this, 'Default', existing);
    }
    this.addCertificatesAtHand(props);
  }

  /** Whether a certificate for `name` can be had: its zone is there already, or the parent points to ours. */
  canProve(name: string): boolean {
    return this.delegated || !isWithin(name, this.name);
  }

  /** Points a subdomain at the name servers of its own zone. */
  addDelegation(subdomain: string, nameServers: readonly string[]): void {
    new Route53Record(this, `delegation_${constructId(subdomain)}`, {
      zoneId: this.zoneId,
      name: `${subdomain}.${this.name}`,
      type: 'NS',
      ttl: 3600,
      records: nameServers.map((server) => `${server}.`),
    });
  }

  /** An alias for an AWS resource, IPv4 and where `ipv6` says so also IPv6. */
  addAlias(
    name: string,
    { dnsName, zoneId }: AliasTarget,
    { ipv6 }: { readonly ipv6: boolean } = { ipv6: false },
  ): void {
    for (const type of ipv6 ? ['A', 'AAAA'] : ['A']) {
      new Route53Record(scopeIn(this, constructId(name)), type.toLowerCase(), {
        zoneId: this.zoneOf(name),
        name,
        type,
        alias: { name: dnsName, zoneId, evaluateTargetHealth: type === 'A' && !ipv6 },
      });
    }
  }

  /** A text or name record; `id` says what it is for, `under` which name's zone it belongs into. */
  addRecord(id: string, { name, under, type, value }: RecordProps): void {
    new Route53Record(this, id, { zoneId: this.zoneOf(under), name, type, ttl: 600, records: [value] });
  }

  /**
   * A certificate that ACM validates and renews by DNS. Gives the ARN to use it by, which waits for the validation where
   * the domain is delegated.
   */
  addCertificate(scope: Construct, id: string, { names, provider }: CertificateProps): string {
    const same = provider ? undefined : this.atHand.get(names.join(' '));
    if (same !== undefined) return same;
    const [domainName = this.name, ...others] = names;
    const certificate = new AcmCertificate(scope, id, {
      domainName,
      subjectAlternativeNames: others,
      validationMethod: 'DNS',
      provider,
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: domainName },
    });
    const records = [...new Set(names.map((name) => this.validationRecord(name, certificate)))];
    if (!names.every((name) => this.canProve(name.replace(WILDCARD, '')))) return certificate.arn;
    return new AcmCertificateValidation(scope, `${id}_validation`, {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map((record) => record.fqdn),
      provider,
    }).certificateArn;
  }

  /** ACM asks for the same record in every certificate of an account that has the name, so each name has one. */
  private validationRecord(name: string, certificate: AcmCertificate): Route53Record {
    const proven = name.replace(WILDCARD, '');
    const id = constructId(proven);
    const validation = scopeIn(this, 'validation');
    const existing = validation.node.tryFindChild(id) as Route53Record | undefined;
    if (existing) return existing;

    const option = (attribute: string) =>
      `\${one([for option in ${certificate.fqn}.domain_validation_options : option.${attribute} if option.domain_name == "${name}"])}`;
    return new Route53Record(validation, id, {
      zoneId: this.zoneOf(proven),
      name: option('resource_record_name'),
      type: option('resource_record_type'),
      ttl: 300,
      records: [option('resource_record_value')],
      allowOverwrite: true,
    });
  }

  /** This zone, or for a name outside of it the one that its parent domain has in this account. */
  private zoneOf(name: string): string {
    if (isWithin(name, this.name)) return this.zoneId;
    const parent = isWithin(name, this.rootDomain) ? this.rootDomain : parentDomain(name);
    const known = this.outside.get(parent) ?? existingZone(this, `zone_${constructId(parent)}`, parent);
    this.outside.set(parent, known);
    return known;
  }

  private addCertificatesAtHand({ certificates, name, apiName }: DomainSpec): void {
    const covered = { wildcard: [`*.${name}`, name], api: [apiName] };
    for (const id of certificates) {
      const names = covered[id];
      this.atHand.set(names.join(' '), this.addCertificate(this, id, { names }));
    }
  }
}

/** A zone that is there already, by its id or its name. */
function existingZone(scope: Construct, id: string, zone: string): string {
  const by = zone.includes('.') ? { name: zone } : { zoneId: zone };
  return new DataAwsRoute53Zone(scope, id, by).zoneId;
}

/** The zone that was there before, and what becomes of it. */
function zoneSource({ zone }: DomainSpec): {
  readonly existing?: string | undefined;
  readonly import?: string | undefined;
} {
  return zone === 'create' ? {} : zone;
}
