const SETTINGS = /^(?:DATABASE|REDIS|COGNITO|SES)_|_(?:BUCKET|QUEUE_URL|TOPIC_ARN)$/;
const SECRETS = /(?:PASSWORD|SECRET|TOKEN|KEY)$/i;

/** The variables of a function's environment, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Names of what the function has been given to use, never a value nor the name of a secret. */
export function configured(variables: Variables): string[] {
  return Object.keys(variables)
    .filter((name) => SETTINGS.test(name) && !SECRETS.test(name) && variables[name])
    .sort();
}
