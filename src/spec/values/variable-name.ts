/** A name of the file as the start of environment variables: `user-mails` → `USER_MAILS`. */
export function variableName(name: string): string {
  return name.toUpperCase().replace(/-/g, '_');
}
