import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { ask, askS3, type Identity, tags } from './emulator';
import type { Project } from './project';
import type { Workdir } from './terraform';
import { emulatorHere } from './what-is-here';

/** A value that nobody may find outside of where AWS keeps it. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Keys of our secrets whose values everybody may know, and the one that the provider writes into the state. */
const KNOWN = ['username', 'host', 'port', 'dbname', 'engine', 'user_pool_id', 'client_id', 'client_secret'];
/** What stands in the parameter of a push credential until there is one, which the provider writes into the state too. */
const PLACEHOLDER = 'not set';
/** A value of a person's, where one is asked for. */
const GIVEN = 'given-by-a-person-0123456789';

/** Which secret values are in anything that was written, once those that a person fills in have some too, and what the plan said. */
export async function leaksOf(project: Project, stack: string, workdir: Workdir, identity: Identity) {
  await fillIn(identity);
  const { stderr: planning } = await workdir.run(['plan', '-no-color', '-out=plan.out']);
  await workdir.must(['output', '-no-color', '-json']);
  const written = await writtenBy(project, stack, identity);
  const secrets = await secretsOf(identity);
  if (leaks([{ name: 'the search', value: stack }], written).length <= 5)
    throw new Error(`the search finds ${stack} in hardly anything that was written of it`);
  return {
    leaks: leaks(secrets, written),
    planning,
    searched: `${secrets.length} secret values searched in ${written.size} texts`,
  };
}

/** Gives a value to every secret of an account that waits for a person. */
async function fillIn(identity: Identity): Promise<void> {
  for (const name of await secretNames(identity)) {
    if ((await secretValue(identity, name)) !== undefined) continue;
    const body = {
      SecretId: name,
      SecretString: JSON.stringify({ given: `${GIVEN}-${name}` }),
      ClientRequestToken: GIVEN.padEnd(32, '0'),
    };
    await ask(identity, 'secretsmanager', 'secretsmanager.PutSecretValue', body);
  }
}

/** Every secret value of an account, as the emulator gives it out. */
async function secretsOf(identity: Identity): Promise<Secret[]> {
  const found: Secret[] = [];
  for (const name of await secretNames(identity)) {
    const text = await secretValue(identity, name);
    if (text !== undefined) found.push(...partsOf(name, text));
  }
  const { Parameters } = await ask<{ Parameters: { Name: string; Type: string }[] }>(
    identity,
    'ssm',
    'AmazonSSM.DescribeParameters',
    {},
  );
  for (const { Name } of Parameters.filter(({ Type }) => Type === 'SecureString')) {
    const body = { Name, WithDecryption: true };
    const { Parameter } = await ask<{ Parameter: { Value: string } }>(identity, 'ssm', 'AmazonSSM.GetParameter', body);
    if (Parameter.Value !== PLACEHOLDER) found.push({ name: Name, value: Parameter.Value });
  }
  return found;
}

/** Which texts hold a value, by name. */
function leaks(secrets: readonly Secret[], texts: ReadonlyMap<string, string>): string[] {
  return secrets.flatMap(({ name, value }) =>
    [...texts].filter(([, text]) => text.includes(value)).map(([where]) => `${name} in ${where}`),
  );
}

/** All that a stack's runs have written: its folder, plans opened, what Terraform said, and each version of its state. */
async function writtenBy(project: Project, stack: string, identity: Identity): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of filesIn(project.folder(stack))) {
    const bytes = readFileSync(file);
    if (basename(file) !== 'plan.out') texts.set(basename(file), bytes.toString('latin1'));
    else
      for (const [part, content] of Object.entries(unzipSync(bytes)))
        texts.set(`plan.out ${part}`, strFromU8(content, true));
  }
  for (const log of readdirSync(project.logs).filter((file) => file.startsWith(`${stack}.`))) {
    texts.set(log, readFileSync(join(project.logs, log), 'utf8'));
  }
  const { bucket, key } = project.json(stack).terraform.backend.s3 ?? {};
  if (bucket === undefined || !emulatorHere().named) return texts;
  const versions = tags(await askS3(identity, `/${bucket}?versions&prefix=${key}`), 'VersionId');
  for (const version of versions) {
    texts.set(`state ${version}`, await askS3(identity, `/${bucket}/${key}?versionId=${version}`).catch(() => ''));
  }
  return texts;
}

function filesIn(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => name !== '.terraform');
  return entries.flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
}

function partsOf(name: string, text: string): Secret[] {
  const parts = Object.entries(JSON.parse(text) as Record<string, unknown>).filter(([key]) => !KNOWN.includes(key));
  return parts.map(([key, value]) => ({ name: `${name} ${key}`, value: String(value) }));
}

async function secretNames(identity: Identity): Promise<string[]> {
  const { SecretList } = await ask<{ SecretList: { Name: string }[] }>(
    identity,
    'secretsmanager',
    'secretsmanager.ListSecrets',
    { MaxResults: 100 },
  );
  return SecretList.map(({ Name }) => Name);
}

/** Nothing where a secret has no value yet. */
async function secretValue(identity: Identity, name: string): Promise<string | undefined> {
  const value = ask<{ SecretString: string }>(identity, 'secretsmanager', 'secretsmanager.GetSecretValue', {
    SecretId: name,
  });
  return (await value.catch(() => undefined))?.SecretString;
}
