/** Which labels of an alert name its service, environment and severity, in rules seen in the wild. Pure. */

/** Most telling first. */
export const SERVICE_LABELS = [
  "service",
  "service_name",
  "service.name",
  "app",
  "app_kubernetes_io_name",
  "job",
  "job_name",
] as const;
const ENVIRONMENT_LABELS = ["env", "environment", "deployment_environment", "deployment_environment_name"] as const;
const SEVERITY_LABELS = ["severity", "level", "priority"] as const;

type Labels = Readonly<Record<string, string>>;

/** As it is spelled there; undefined when no known label names one. So are those below. */
export function serviceOfLabels(labels: Labels): string | undefined {
  return first(labels, SERVICE_LABELS);
}

export function environmentOfLabels(labels: Labels): string | undefined {
  return first(labels, ENVIRONMENT_LABELS);
}

export function severityOfLabels(labels: Labels): string | undefined {
  return first(labels, SEVERITY_LABELS);
}

function first(labels: Labels, names: readonly string[]): string | undefined {
  return names.map((name) => labels[name]).find((value) => value !== undefined && value !== "");
}
