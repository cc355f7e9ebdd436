/**
 * An error whose message we wrote ourselves for the person who runs the server.
 *
 * Only such messages may reach a log or a terminal. The message of any other error can quote a customer's row, a query
 * or a credential (Prisma, zod and JSON.parse all do), so it is never written anywhere.
 */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
