/** `POST /api/v1/stand-ins`: how a key is named in addresses, so that no id of an account or a person stands in one. */
import { z } from "zod";
import { MAX_KEY_VALUE_LENGTH } from "@/lib/domain/correlation-key";

export const StandInWish = z.strictObject({
  /** `kind:value`. */
  key: z
    .string()
    .min(3, "expected kind:value")
    .max(MAX_KEY_VALUE_LENGTH + 50),
});

export const StandInAnswer = z.strictObject({ key: z.string() });
export type StandInAnswer = z.infer<typeof StandInAnswer>;
