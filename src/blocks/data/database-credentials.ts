import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Construct } from 'constructs';
import type { Grantee } from '../../access/role';
import type { Consumer, Injection, Usable } from '../../access/usable';
import { Ephemeral } from '../../terraform/ephemeral';
import { randomText, Secret, type StaleWith } from './secret';

export const PASSWORD_LENGTH = 32; // letters and digits: about 190 bits, and nothing to escape in a URL

export interface MasterPasswordProps {
  readonly parameterName: string;
  readonly version: number;
}

/**
 * The master password: generated, written to an SSM parameter and read back from there.
 *
 * What was read back goes into the database and its secret. Were the generated value handed to each of them, an apply that
 * fails between the two would leave them different for good, and every later plan would say "No changes".
 */
export class MasterPassword extends Construct {
  readonly value: string;

  constructor(scope: Construct, id: string, { parameterName, version }: MasterPasswordProps) {
    super(scope, id);
    const parameter = new SsmParameter(this, 'Default', {
      name: parameterName,
      description: 'Master password of the database',
      type: 'SecureString',
      valueWo: randomText(this, 'generated', PASSWORD_LENGTH),
      valueWoVersion: version,
    });
    this.value = new Ephemeral(this, 'read_back', 'aws_ssm_parameter', { arn: parameter.arn }).attribute('value');
  }
}

export interface CredentialsProps {
  readonly secretName: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly port: number;
  readonly dbname: string;

  /** Parameters of the connection URL; undefined for no URL. */
  readonly urlParameters: Readonly<Record<string, string>> | undefined;
  readonly version: number;
  readonly staleWith: StaleWith;
  readonly protect: boolean;

  /** What the grants on it are called. */
  readonly grant: string;
}

/** The secret of one database user: who, where and with which password. */
export class Credentials extends Construct implements Usable {
  readonly arn: string;
  readonly injection: Injection;
  private readonly secret: Secret;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CredentialsProps,
  ) {
    super(scope, id);
    this.secret = new Secret(this, 'Default', {
      name: props.secretName,
      description: `Connection of the database user ${props.username}`,
      protect: props.protect,
    });
    this.secret.write({ values: connection(props), version: props.version, staleWith: props.staleWith });
    this.arn = this.secret.arn;
    this.injection = connectionInjection(props, this.secret);
  }

  /** What a container definition names to get one key of it. */
  valueFrom(key: string): string {
    return this.secret.valueFrom(key);
  }

  /** Lets the consumer's code read it, without anything injected. */
  grantRead(grantee: Grantee): void {
    this.secret.grantRead(this.props.grant, grantee);
  }

  /** Lets ECS inject keys of it, without the consumer's code being able to ask for more. */
  grantInjection(consumer: Consumer): void {
    this.secret.grantInjection(this.props.grant, consumer);
  }

  letUse(consumer: Consumer): void {
    this.grantRead(consumer);
    this.grantInjection(consumer);
  }
}

function connection({ username, password, host, port, dbname, urlParameters }: CredentialsProps) {
  const query = Object.entries(urlParameters ?? {}).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  );
  const url = `postgresql://${username}:${password}@${host}:${port}/${dbname}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  return { username, password, host, port, dbname, ...(urlParameters && { url }) };
}

/** A URL alone where there is one, otherwise its parts. */
function connectionInjection({ host, port, dbname, urlParameters }: CredentialsProps, secret: Secret): Injection {
  if (urlParameters) return { environment: {}, secrets: { DATABASE_URL: secret.valueFrom('url') } };
  return {
    environment: { DATABASE_HOST: host, DATABASE_PORT: String(port), DATABASE_NAME: dbname },
    secrets: { DATABASE_USERNAME: secret.valueFrom('username'), DATABASE_PASSWORD: secret.valueFrom('password') },
  };
}
