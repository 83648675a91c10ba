import { text } from './fields';

/** A name of the file as the start of environment variables: `user-mails` → `USER_MAILS`. */
export function variableName(name: string): string {
  return name.toUpperCase().replace(/[-.]/g, '_');
}

/** The variable that tells whose code reads a secret where it is: `api-keys` → `API_KEYS_SECRET_ARN`. */
export function secretArnVariable(name: string): string {
  return `${variableName(name)}_SECRET_ARN`;
}

/** What containers call the variable that tells them where a used thing is; `otherwise` says the default's form. */
export function injectedAs(otherwise: string) {
  return text(
    'a variable name of capital letters, digits and underscores, such as "S3_BUCKET_NAME"',
    /^[A-Z_][A-Z0-9_]*$/,
  )
    .optional()
    .describe(`The environment variable by which those who use it are told of it; by default ${otherwise}.`);
}

/** The variable that tells where another container answers: `services.worker` → `WORKER_URL`. */
export function peerVariable(name: string): string {
  return name === 'workload' ? 'BACKEND_URL' : `${variableName(name.slice(name.indexOf('.') + 1))}_URL`;
}
