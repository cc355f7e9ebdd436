/** Which roles somebody has, one checkbox each. */
import type { Role } from "@/lib/domain/role";

export interface KnownRole {
  readonly name: Role;
  readonly description: string;
}

export function RoleChoices({
  known,
  chosen,
  disabled = false,
  onChange,
}: {
  known: readonly KnownRole[];
  chosen: readonly Role[];
  disabled?: boolean;
  onChange: (roles: Role[]) => void;
}) {
  // A role that the policy does not know any more can still be taken away.
  const lost = chosen.filter((role) => !known.some(({ name }) => name === role));
  const all = [...known, ...lost.map((name) => ({ name, description: "not in the policy: sees nothing" }))];
  return (
    <fieldset disabled={disabled}>
      <legend className="text-small text-muted">Roles</legend>
      <ul>
        {all.map(({ name, description }) => (
          <li key={name}>
            <label className="flex items-baseline gap-2">
              <input
                type="checkbox"
                checked={chosen.includes(name)}
                onChange={(event) => {
                  onChange(event.target.checked ? [...chosen, name] : chosen.filter((role) => role !== name));
                }}
              />
              <span>
                {name} <span className="text-small text-muted">{description}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
