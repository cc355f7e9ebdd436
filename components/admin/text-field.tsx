/** One line of text with its label. */
import { FIELD_LOOK } from "../ui/field-look";

export function TextField({
  label,
  value,
  type = "text",
  disabled = false,
  onChange,
}: {
  label: string;
  value: string;
  type?: "text" | "date" | "password";
  disabled?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <label className="block">
      <span className="block text-small text-muted">{label}</span>
      <input
        type={type}
        value={value}
        disabled={disabled}
        autoComplete={type === "password" ? "new-password" : undefined}
        className={`h-7 w-full ${FIELD_LOOK}`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
