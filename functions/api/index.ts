import type { Invocation } from '../shared/invocation';
import { caught, log } from '../shared/log';
import type { HttpEvent, HttpResponse } from './event';
import { routes } from './routes';

/** Answers one request to the HTTP API; the details of what goes wrong inside stay in the log. */
export async function handler(event: HttpEvent, invocation: Invocation): Promise<HttpResponse> {
  // The event may be anything when somebody invokes the function by hand.
  const requestId = event?.requestContext?.requestId ?? invocation.awsRequestId;
  try {
    const { method } = event.requestContext.http;
    const path = pathOf(event);
    const response = answer(method, path, requestId);
    log('info', 'request answered', { requestId, method, path, status: response.statusCode });
    return response;
  } catch (error) {
    log('error', 'request failed', { requestId, ...caught(error) });
    return json(500, { error: 'internal error' }, requestId);
  }
}

function answer(method: string, path: string, requestId: string): HttpResponse {
  const here = routes.filter((route) => route.path === path);
  if (here.length === 0) return json(404, { error: 'not found' }, requestId);

  const route = here.find((candidate) => candidate.method === method);
  if (!route) {
    const allow = here.map((candidate) => candidate.method).join(', ');
    return json(405, { error: 'method not allowed' }, requestId, { allow });
  }
  return json(200, route.answer(process.env), requestId);
}

/** The path as the routes write it, without the stage that API Gateway and the /api that a CDN may put in front. */
function pathOf({ rawPath, requestContext: { stage } }: HttpEvent): string {
  return [stage, 'api'].reduce((path, prefix) => {
    return path.startsWith(`/${prefix}/`) ? path.slice(prefix.length + 1) : path;
  }, rawPath);
}

function json(statusCode: number, body: object, requestId: string, headers: HttpResponse['headers'] = {}) {
  return {
    statusCode,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store', // a CDN may stand in front
      'x-request-id': requestId,
      ...headers,
    },
    body: JSON.stringify(statusCode < 400 ? body : { ...body, requestId }),
  };
}
