import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Construct } from 'constructs';
import type { Grantee } from '../../access/role';
import type { Consumer, Injection, Usable } from '../../access/usable';
import type { DatabaseSpec } from '../../spec/sections/database';
import { secretArnVariable } from '../../spec/values/variable-name';
import { Ephemeral } from '../../terraform/ephemeral';
import { constructId } from '../../terraform/logical-ids';
import { randomText, Secret, type SecretAccess, type StaleWith } from './secret';

export interface MasterPasswordProps {
  /** The first is generated, the others hold what is read back from it. */
  readonly parameterNames: readonly string[];
  readonly length: number;
  readonly version: number;
}

/**
 * The master password: generated, written to an SSM parameter and read back from there.
 *
 * What was read back goes into the database, its secret and further parameters. Were the generated value handed to each of them, an apply that
 * fails between two would leave them different for good, and every later plan would say "No changes".
 */
export class MasterPassword extends Construct {
  readonly value: string;

  constructor(scope: Construct, id: string, { parameterNames, length, version }: MasterPasswordProps) {
    super(scope, id);
    const [name = '', ...copies] = parameterNames;
    const parameter = new SsmParameter(this, 'Default', {
      name,
      description: 'Master password of the database',
      type: 'SecureString',
      valueWo: randomText(this, 'generated', length),
      valueWoVersion: version,
    });
    this.value = new Ephemeral(this, 'read_back', 'aws_ssm_parameter', { arn: parameter.arn }).attribute('value');
    const copied = new Construct(this, 'copy');
    for (const name of copies) {
      new SsmParameter(copied, constructId(name.slice(1)), {
        name,
        description: 'Master password of the database',
        type: 'SecureString',
        valueWo: this.value,
        valueWoVersion: version,
      });
    }
  }
}

/** Where clients reach the database. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly dbname: string;
}

export interface CredentialsProps {
  readonly secretName: string;
  readonly username: string;
  readonly password: string;
  readonly endpoint: Endpoint;
  readonly url: DatabaseSpec['url'];
  readonly version: number;
  readonly staleWith: StaleWith;
  readonly protect: boolean;
}

/** The secret of one database user: who, where and with which password. */
export function writeCredentials(scope: Construct, id: string, props: CredentialsProps): SecretAccess {
  const { username, password, endpoint, url } = props;
  const secret = new Secret(new Construct(scope, id), 'Default', {
    name: props.secretName,
    description: `Connection of the database user ${username}`,
    protect: props.protect,
  });
  secret.write({
    values: { username, password, ...endpoint, ...(url && { url: connectionUrl(url, props) }) },
    version: props.version,
    staleWith: props.staleWith,
  });
  return secret.access;
}

function connectionUrl(
  { scheme, parameters }: NonNullable<DatabaseSpec['url']>,
  { username, password, endpoint: { host, port, dbname } }: CredentialsProps,
): string {
  const query = Object.entries(parameters).map(
    ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
  );
  return `${scheme}://${username}:${password}@${host}:${port}/${dbname}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

export interface LoginProps {
  readonly secret: SecretAccess;

  /** What the grants on the secret are called. */
  readonly grant: string;
  readonly endpoint: Endpoint;
  readonly engine: DatabaseSpec['engine'];
  readonly hasUrl: boolean;

  /** Whether the password changes by itself: then nothing of it is injected, which would go stale. */
  readonly rotates: boolean;
}

/** What a client is told to log in as one user. */
export class Login {
  constructor(private readonly props: LoginProps) {}

  get arn(): string {
    return this.props.secret.arn;
  }

  /** A URL alone where the secret has one, otherwise its parts. */
  get injection(): Injection {
    const { secret, endpoint, engine, hasUrl, rotates } = this.props;
    if (hasUrl) return { environment: {}, secrets: { DATABASE_URL: secret.valueFrom('url') } };
    const { host, port, dbname } = endpoint;
    const environment = {
      DATABASE_HOST: host,
      DATABASE_PORT: String(port),
      DATABASE_NAME: dbname,
      // JDBC's URL names no user: nothing in it is secret.
      ...(engine === 'oracle' && { DATABASE_URL: `jdbc:oracle:thin:@${host}:${port}:${dbname}` }),
    };
    if (rotates) return { environment: { ...environment, [secretArnVariable('database')]: secret.arn }, secrets: {} };
    return {
      environment,
      secrets: { DATABASE_USERNAME: secret.valueFrom('username'), DATABASE_PASSWORD: secret.valueFrom('password') },
    };
  }

  /** The secret's content, where Terraform writes it. */
  get ready() {
    return this.props.secret.ready;
  }

  /** For those whose code reads the secret. */
  get reader(): Usable {
    return this.props.secret.reader(this.props.grant, secretArnVariable('database'));
  }

  /** What a container definition names to get one key of its secret. */
  valueFrom(key: string): string {
    return this.props.secret.valueFrom(key);
  }

  /** Lets the consumer's code read the secret, without anything injected. */
  grantRead(grantee: Grantee): void {
    this.props.secret.grantRead(this.props.grant, grantee);
  }

  /** Lets ECS inject keys of it, without the consumer's code being able to ask for more. */
  grantInjection(consumer: Consumer): void {
    this.props.secret.grantInjection(this.props.grant, consumer);
  }

  letUse(consumer: Consumer): void {
    if (this.props.rotates) this.grantRead(consumer);
    else this.grantInjection(consumer);
  }
}
