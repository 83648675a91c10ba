/** What Terraform finds in its environment as somebody in an account of the emulator. */
export async function inAccount(account: string, region: string): Promise<NodeJS.ProcessEnv> {
  const url = process.env['AWS_ENDPOINT_URL'];
  if (url === undefined) throw new Error('corpus: expected AWS_ENDPOINT_URL to name an emulator of AWS, got nothing');
  const form = {
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${account}:role/corpus`,
    RoleSessionName: 'corpus',
  };
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/sts/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await (
    await fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) })
  ).text();
  return {
    AWS_ACCESS_KEY_ID: tag(answer, 'AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: tag(answer, 'SecretAccessKey'),
    AWS_SESSION_TOKEN: tag(answer, 'SessionToken'),
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '4',
  };
}

function tag(xml: string, name: string): string {
  const [, value] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  if (value === undefined) throw new Error(`corpus: expected <${name}> of the emulator, got ${xml.slice(0, 300)}`);
  return value;
}
