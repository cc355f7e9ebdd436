/** Choices of a hook, each with its label. */
import { ALERT_ROUTES, AlertRoute } from "@/lib/domain/alert-history";
import { FIELD_LOOK } from "../ui/field-look";
import { ROUTE_WORDS } from "./hook-words";

export function HookSelect({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onChange: (value: string) => void;
}) {
  return (
    <label className="block">
      <span className="block text-small text-muted">{label}</span>
      <select value={value} className={`h-7 w-full ${FIELD_LOOK}`} onChange={(event) => onChange(event.target.value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

export function RouteSelect({ value, onChange }: { value: AlertRoute; onChange: (route: AlertRoute) => void }) {
  return (
    <HookSelect
      label="What a notification to this path means"
      value={value}
      options={ALERT_ROUTES.map((route) => [route, ROUTE_WORDS[route].long])}
      onChange={(next) => onChange(AlertRoute.parse(next))}
    />
  );
}
