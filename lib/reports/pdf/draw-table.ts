/** A table that repeats its head on every page. */
import { INK, MARGIN, type Sheet, WIDTH } from "./sheet";

export interface Column {
  readonly name: string;
  /** Share of the width. */
  readonly share: number;
  readonly right?: boolean;
}

const ROW = 13;
const SIZE = 8;
const GAP = 6;

export function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / all) * WIDTH);
  const heightOf = (cells: readonly string[]): number => {
    sheet.doc.font("regular").fontSize(SIZE);
    const heights = cells.map((cell, index) =>
      sheet.doc.heightOfString(cell || " ", { width: (widths[index] ?? 0) - GAP }),
    );
    return Math.max(ROW, ...heights.map((height) => height + 3));
  };
  const write = (cells: readonly string[], colour: string): void => {
    let x = MARGIN;
    const height = heightOf(cells);
    columns.forEach(({ right = false }, index) => {
      const width = widths[index] ?? 0;
      sheet.cell(cells[index] ?? "", { x, width: width - GAP, size: SIZE, colour, align: right ? "right" : "left" });
      x += width;
    });
    sheet.y += height;
  };
  const head = (): void => {
    write(
      columns.map(({ name }) => name),
      INK.muted,
    );
  };
  sheet.need(ROW * 3);
  head();
  for (const row of rows) {
    const before = sheet.y;
    sheet.need(heightOf(row));
    if (sheet.y < before) head();
    sheet.y -= 2;
    sheet.rule();
    sheet.y += 2;
    write(row, INK.text);
  }
}
