/** A class of fields as a choice. */
import { CLASS_WORDS } from "@/lib/contract/class-words";
import { FIELD_CLASSES, FieldClass } from "@/lib/domain/role";
import { FIELD_LOOK } from "../ui/field-look";

export function ClassChoice({
  label,
  value,
  disabled,
  without,
  onChange,
}: {
  label: string;
  value: FieldClass;
  disabled: boolean;
  /** A class that is not offered. */
  without?: FieldClass;
  onChange: (value: FieldClass) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      disabled={disabled}
      title={CLASS_WORDS[value]}
      className={`h-7 ${FIELD_LOOK}`}
      onChange={(event) => {
        const chosen = FieldClass.safeParse(event.target.value);
        if (chosen.success) onChange(chosen.data);
      }}
    >
      {FIELD_CLASSES.filter((one) => one !== without).map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  );
}
