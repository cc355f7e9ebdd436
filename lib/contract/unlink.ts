/** `/api/v1/unlinks`: a person takes a row, or all that an id leads to, out of one incident. */
import { z } from "zod";
import { MAX_KEYS } from "./timeline-query";

export const NewUnlink = z.strictObject({
  /** The keys that the incident was asked by: it is unlinked there, and nowhere else. */
  keys: z
    .array(z.string())
    .min(1, "expected the asked keys")
    .max(MAX_KEYS, `expected at most ${String(MAX_KEYS)} keys`),
  kind: z.enum(["row", "key"]),
  /** The id of the row, or the key as `kind:value`. */
  target: z.string().min(1).max(300),
  reason: z.string().trim().min(3, "expected a reason").max(500, "expected at most 500 characters"),
});
export type NewUnlink = z.infer<typeof NewUnlink>;

export const UnlinkCreated = z.strictObject({ id: z.string() });
