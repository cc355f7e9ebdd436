/** Sample values as Go prints them: the API's strings and the exponent form that alerts use. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  if (Object.is(value, -0)) return "-0";
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-6 || size >= 1e21) ? formatExponent(value, 1) : plain(value);
}

/** `0.3` → `3e-01`, as in `/api/v1/alerts`. `digits` is the least number of exponent digits. */
export function formatExponent(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return formatValue(value);
  const [mantissa = "0", exponent = "+0"] = value.toExponential().split("e");
  const sign = exponent.startsWith("-") ? "-" : "+";
  return `${mantissa}e${sign}${exponent.slice(1).padStart(digits, "0")}`;
}

function plain(value: number): string {
  // JavaScript keeps decimals down to 1e-6 and integers up to 1e21, the same range as the API.
  return String(value);
}
