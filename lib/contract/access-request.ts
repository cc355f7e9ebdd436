/** `/api/v1/access-requests`: wishes for standing access, and their answers. */
import { z } from "zod";
import { REQUEST_STATES } from "@/lib/domain/stored-access-request";
import { FieldClass, Role } from "@/lib/domain/role";

const reason = z
  .string()
  .trim()
  .min(10, "expected a reason of at least 10 characters")
  .max(500, "expected at most 500 characters");

export const NewAccessRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("role"), wanted: Role, reason }),
  z.strictObject({
    kind: z.literal("class"),
    wanted: FieldClass.exclude(["secret"], "expected a class of fields; secrets are granted to nobody"),
    reason,
  }),
]);
export type NewAccessRequest = z.infer<typeof NewAccessRequest>;

export const AccessRequestAnswer = z.strictObject({
  granted: z.boolean(),
  /** For who asked. */
  words: z.string().trim().min(3, "expected an answer in words").max(500, "expected at most 500 characters"),
});
export type AccessRequestAnswer = z.infer<typeof AccessRequestAnswer>;

export const AccessRequestView = z.strictObject({
  id: z.string(),
  by: z.string(),
  mine: z.boolean(),
  role: Role,
  kind: z.enum(["role", "class"]),
  wanted: z.string(),
  reason: z.string(),
  state: z.enum(REQUEST_STATES),
  answer: z.string(),
  askedAt: z.string(),
  answeredAt: z.string().nullable(),
});
export type AccessRequestView = z.infer<typeof AccessRequestView>;

export const AccessRequestList = z.strictObject({
  /** Newest first: one's own, and for admins everybody's. */
  requests: z.array(AccessRequestView),
  complete: z.boolean(),
  mayAnswer: z.boolean(),
  /** Roles of the policy in force that the reader does not have. */
  roles: z.array(z.strictObject({ name: Role, description: z.string() })),
  /** Roles come from the identity provider's groups: an admin cannot add one here. */
  fromGroups: z.boolean(),
});
export type AccessRequestList = z.infer<typeof AccessRequestList>;
