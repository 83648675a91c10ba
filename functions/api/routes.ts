import { configured, type Variables } from './configured';

/** One method of one path, and the body of its answer. */
export interface Route {
  readonly method: string;
  readonly path: string;
  readonly answer: (variables: Variables) => object;
}

/** All that the API answers. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/health', answer: health },
  { method: 'GET', path: '/config', answer: config },
];

function health(variables: Variables): object {
  return { status: 'ok', environment: environment(variables), version: variables['VERSION'] };
}

function config(variables: Variables): object {
  return { environment: environment(variables), configured: configured(variables) };
}

function environment(variables: Variables): string {
  return variables['ENVIRONMENT'] ?? 'unknown';
}
