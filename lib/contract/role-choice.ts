/** `POST /api/v1/session/role`: which of the caller's own roles becomes the active one. */
import { z } from "zod";
import { Role } from "@/lib/domain/role";

export const RoleChoice = z.strictObject({ role: Role });
