/** What the operations of the OpenAPI document share. */
import { z } from "zod";
import { Problem } from "./problem";

export const json = (schema: z.ZodType) => ({
  "application/json": { schema: z.toJSONSchema(schema, { io: "input" }) },
});

export const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: z.toJSONSchema(Problem) } },
});

export const PROBLEMS = {
  "400": problem("A parameter is not as described; `field` names it."),
  "401": problem("No valid session or token."),
  "500": problem("An error of ours; `requestId` finds it in the log."),
};
