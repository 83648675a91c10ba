/** What names and defaults derive from. */
export interface Context {
  readonly project: string;
  readonly env: string;
  readonly region: string;

  /** `<project>-<env>`, the start of most AWS names. */
  readonly prefix: string;

  /** Whether what holds data is protected unless its section says otherwise. */
  readonly protect: boolean;
}
