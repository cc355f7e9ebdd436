/** Under a list that shows its first lines: how many of how many, and the rest. */
import { Button } from "../ui/button";

export function ShowAll({
  shown,
  of,
  isAll,
  onToggle,
}: {
  shown: number;
  of: number;
  isAll: boolean;
  onToggle: () => void;
}) {
  return (
    <p className="mt-1 text-small text-muted">
      {shown} shown of {of}.{" "}
      <Button look="plain" className="h-6 text-small print:hidden" onClick={onToggle}>
        {isAll ? "Show fewer" : "Show all"}
      </Button>
    </p>
  );
}
