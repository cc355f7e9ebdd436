/** The five numbers, each with interval, change and definition; each opens its rows. */
import type { Figure, HeadNumber } from "@/lib/contract/noise-report";
import { CHANGE_WORDS, estimateText, formatValue, rangeText } from "@/lib/contract/noise-charts/report-words";

export function HeadNumbers({
  numbers,
  onOpen,
}: {
  numbers: readonly HeadNumber[];
  onOpen: (figure: Figure, title: string) => void;
}) {
  return (
    <dl className="grid gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-2 lg:grid-cols-5">
      {numbers.map((one) => (
        <div key={one.id} className="flex flex-col bg-bg p-3">
          <dt className="text-small text-muted">{one.title}</dt>
          <dd className="mt-1">
            <Value one={one} onOpen={onOpen} />
            <p className="text-small">{changeText(one)}</p>
            <p className="mt-2 text-small text-muted">{one.definition}</p>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ one, onOpen }: { one: HeadNumber; onOpen: (figure: Figure, title: string) => void }) {
  const { value, low, high, why, n } = one.estimate;
  if (value === null) return <p className="text-section font-strong">{why === "" ? "not known" : why}</p>;
  const { figure } = one;
  const number = <span className="text-page font-strong">{formatValue(value, one.unit)}</span>;
  return (
    <p title={`n = ${String(n)}`}>
      {figure === null ? (
        number
      ) : (
        <button
          type="button"
          className="rounded underline decoration-line-strong decoration-dotted underline-offset-4 hover:decoration-accent"
          aria-label={`${one.title}: ${formatValue(value, one.unit)}. Open the rows`}
          onClick={() => {
            onOpen(figure, one.title);
          }}
        >
          {number}
        </button>
      )}
      <span className="text-small text-muted">
        {one.unit === "share" ? "" : ` ${one.unit}`}
        {rangeText(low, high, one.unit)}
      </span>
    </p>
  );
}

function changeText({ change, before, ratio, unit }: HeadNumber): string {
  if (before === null || before.value === null) return "The month before is not known";
  const factor =
    ratio?.value == null
      ? ""
      : `, ×${ratio.value.toFixed(2)}${ratio.low === null || ratio.high === null ? "" : ` (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`}`;
  return `${CHANGE_WORDS[change]}: was ${estimateText(before, unit)}${factor}`;
}
