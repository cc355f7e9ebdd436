/** A row that the door kept back is a bug of ours that somebody has to see: counted, and logged by id and reason alone. */
import "server-only";
import { log } from "@/lib/platform/log";
import { rowsWithheld } from "@/lib/platform/metrics";
import type { OnWithheld } from "@/lib/redact/redact-timeline";

export const noteWithheld: OnWithheld = (row, reason) => {
  rowsWithheld().inc({ reason });
  log("redact").error({ row, reason }, "a row was withheld");
};
