import { AcmCertificate } from '@cdktf/provider-aws/lib/acm-certificate';
import { AcmCertificateValidation } from '@cdktf/provider-aws/lib/acm-certificate-validation';
import { DataAwsRoute53Zone } from '@cdktf/provider-aws/lib/data-aws-route53-zone';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Route53Zone } from '@cdktf/provider-aws/lib/route53-zone';
import { Construct } from 'constructs';
import type { DomainSpec } from '../../spec/sections/domain';
import { Import } from '../../terraform/import';
import { constructId } from '../../terraform/logical-ids';

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

/** The hosted zone of the environment's domain, and what is written into it. */
export class Domain extends Construct {
  readonly name: string;
  readonly zoneId: string;

  /** Name servers for the parent's NS record; empty for a zone that is not managed here. */
  readonly nameServers: string | undefined;

  /** False until the parent points here: certificates would wait in vain. */
  readonly delegated: boolean;

  constructor(scope: Construct, id: string, props: DomainSpec) {
    super(scope, id);
    this.name = props.name;
    this.delegated = props.delegated;
    const { existing, import: imported } = zoneOf(props);
    if (existing === undefined) {
      const zone = new Route53Zone(this, 'Default', { name: props.name, comment: `Records of ${props.name}` });
      this.zoneId = zone.zoneId;
      this.nameServers = `\${join(", ", ${zone.fqn}.name_servers)}`;
      if (imported !== undefined) new Import(zone, imported);
    } else {
      this.zoneId = new DataAwsRoute53Zone(this, 'Default', { zoneId: existing }).zoneId;
    }
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
      new Route53Record(this.child(name), type.toLowerCase(), {
        zoneId: this.zoneId,
        name,
        type,
        alias: { name: dnsName, zoneId, evaluateTargetHealth: type === 'A' && !ipv6 },
      });
    }
  }

  /** A text or name record; `id` says what it is for. */
  addRecord(id: string, name: string, type: 'TXT' | 'CNAME', value: string): void {
    new Route53Record(this, id, { zoneId: this.zoneId, name, type, ttl: 600, records: [value] });
  }

  /**
   * A certificate that ACM validates and renews by DNS. Gives the ARN to use it by, which waits for the validation where
   * the domain is delegated.
   */
  addCertificate(scope: Construct, id: string, { names, provider }: CertificateProps): string {
    const [domainName = this.name, ...others] = names;
    const certificate = new AcmCertificate(scope, id, {
      domainName,
      subjectAlternativeNames: others,
      validationMethod: 'DNS',
      provider,
      lifecycle: { createBeforeDestroy: true },
      tags: { Name: domainName },
    });
    const records = names.map((name) => this.validationRecord(name, certificate));
    if (!this.delegated) return certificate.arn;
    return new AcmCertificateValidation(scope, `${id}_validation`, {
      certificateArn: certificate.arn,
      validationRecordFqdns: records.map((record) => record.fqdn),
      provider,
    }).certificateArn;
  }

  /** ACM asks for the same record in every certificate of an account that has the name, so each name has one. */
  private validationRecord(name: string, certificate: AcmCertificate): Route53Record {
    const id = constructId(name.replace(/^\*\./, ''));
    const validation =
      (this.node.tryFindChild('validation') as Construct | undefined) ?? new Construct(this, 'validation');
    const existing = validation.node.tryFindChild(id) as Route53Record | undefined;
    if (existing) return existing;

    const option = (attribute: string) =>
      `\${one([for option in ${certificate.fqn}.domain_validation_options : option.${attribute} if option.domain_name == "${name}"])}`;
    return new Route53Record(validation, id, {
      zoneId: this.zoneId,
      name: option('resource_record_name'),
      type: option('resource_record_type'),
      ttl: 300,
      records: [option('resource_record_value')],
      allowOverwrite: true,
    });
  }

  private child(name: string): Construct {
    const id = constructId(name);
    return (this.node.tryFindChild(id) as Construct | undefined) ?? new Construct(this, id);
  }
}

/** The id of a zone that was there before, and what becomes of it. */
function zoneOf({ zone }: DomainSpec): {
  readonly existing?: string | undefined;
  readonly import?: string | undefined;
} {
  return zone === 'create' ? {} : zone;
}
