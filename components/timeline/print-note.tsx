/** On paper in place of the list, of which only some rows exist at a time: a list that ends unseen would be a loss. */

export function PrintNote({ rows }: { rows: number }) {
  return (
    <p className="hidden px-3 py-2 print:block">
      {rows.toLocaleString("en")} rows are not on this paper. Choose Export, then Print, on the page: that prints all of
      them.
    </p>
  );
}
