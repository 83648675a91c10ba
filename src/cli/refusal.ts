/** Something that a user can put right: printed in one line, without a stack trace. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
