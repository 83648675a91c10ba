/** What the API reads of an event of an HTTP API, payload format 2.0. */
export interface HttpEvent {
  /** Without the query, and with the stage in front unless the stage is `$default`. */
  readonly rawPath: string;

  readonly requestContext: {
    readonly http: { readonly method: string };

    /** The id that the access log of API Gateway shows as `$context.requestId`. */
    readonly requestId: string;

    readonly stage: string;
  };
}

/** What API Gateway turns into the answer to its client. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
