/** Compares two answers by meaning: numbers within 1e-9, lists of series in any order, key order ignored. Tests only. */
const TOLERANCE = 1e-9;

/** undefined when equal; otherwise where and how they differ, in one line. */
export function sameAnswer(expected: string, got: string): string | undefined {
  const [left, right] = [parse(expected), parse(got)];
  if (left === undefined || right === undefined)
    return expected === got ? undefined : `text ${JSON.stringify(got.slice(0, 120))}`;
  return difference(left.value, right.value, "$");
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function difference(left: unknown, right: unknown, path: string): string | undefined {
  if (typeof left === "string" && typeof right === "string")
    return sameText(left, right) ? undefined : show(path, left, right);
  if (typeof left === "number" && typeof right === "number")
    return close(left, right) ? undefined : show(path, left, right);
  if (Array.isArray(left) && Array.isArray(right)) return listDifference(left, right, path);
  if (isRecord(left) && isRecord(right)) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const found = difference(left[key], right[key], `${path}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return left === right ? undefined : show(path, left, right);
}

/** Rows that are objects have no promised order: both sides are sorted by what identifies them. */
function listDifference(left: readonly unknown[], right: readonly unknown[], path: string): string | undefined {
  if (left.length !== right.length) return `${path}: ${String(right.length)} items instead of ${String(left.length)}`;
  const unordered = left.every(isRecord) || /\.(?:warnings|infos)$/.test(path);
  const [a, b] = unordered ? [ordered(left), ordered(right)] : [left, right];
  for (const [index, item] of a.entries()) {
    const found = difference(item, b[index], `${path}[${String(index)}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ordered(items: readonly unknown[]): unknown[] {
  const identity = (item: unknown) =>
    canonical(isRecord(item) ? (item["metric"] ?? item["seriesLabels"] ?? item["fingerprint"] ?? item) : item);
  return [...items].sort((x, y) => (identity(x) < identity(y) ? -1 : 1));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1))) : part,
  );
}

function sameText(left: string, right: string): boolean {
  if (left === right) return true;
  const [a, b] = [Number(left), Number(right)];
  return left !== "" && right !== "" && close(a, b);
}

function close(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(path: string, left: unknown, right: unknown): string {
  return `${path}: ${JSON.stringify(right)?.slice(0, 200) ?? "absent"} instead of ${JSON.stringify(left)?.slice(0, 200) ?? "absent"}`;
}
