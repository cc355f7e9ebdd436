/** The part of a call that tells of one alert, as it was sent. Pure. */
import { z } from "zod";
import { readJsonBody } from "./read-json-body";

const Alert = z.looseObject({ labels: z.record(z.string(), z.string()) });
const Call = z.object({ alerts: z.array(z.unknown()) });

/** Undefined when no alert of the call carries exactly these labels, or it is nested too deeply to be written. */
export function sentAlert(body: Uint8Array, labels: Readonly<Record<string, string>>): string | undefined {
  const call = readJsonBody(body, Call);
  const alerts = call.ok ? call.value.alerts : [];
  const wanted = pairsOf(labels);
  const sent = alerts.find((alert) => {
    const parsed = Alert.safeParse(alert);
    return parsed.success && pairsOf(parsed.data.labels) === wanted;
  });
  return sent === undefined ? undefined : written(sent);
}

function written(sent: unknown): string | undefined {
  try {
    return JSON.stringify(sent, null, 2);
  } catch (error) {
    // A sender may nest what we do not read as deeply as five megabytes hold.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function pairsOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
