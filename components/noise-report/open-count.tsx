/** A count that opens its rows; nothing to open where there are none. */
export function OpenCount({ count, of, onOpen }: { count: number; of: string; onOpen: () => void }) {
  if (count === 0) return <>0</>;
  return (
    <button
      type="button"
      className="text-accent hover:underline"
      aria-label={`${String(count)} of ${of}. Open the rows`}
      onClick={onOpen}
    >
      {count}
    </button>
  );
}
